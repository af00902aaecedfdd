"""Several taggers together, against what each of them says alone."""

import numpy as np
import pytest

from seqbench import Composite, Conditions, Corpus, Deterministic, Noted, Sequences, UsageError, hookimpl, make
from seqbench.registry.discovery import Registry
from seqbench.registry.models import made_from, resolve
from seqbench.registry.specs import parse
from seqbench_plugins.combining.ensemble import Ensemble

TRAIN = Corpus.encode([["the", "dog", "ran"], ["a", "run"], ["run", "home"]], [["D", "N", "V"], ["D", "N"], ["V", "A"]])
WORDS = Sequences.encode([["a", "dog", "ran", "home"], ["run"]]).extend(TRAIN.sentences)


class Sure:
    """Says what it is told with a probability, and remembers its conditions."""

    def __init__(self, tag=0, share=1.0):
        self.tag, self.share = tag, share

    def fit(self, train, conditions):
        self.tags, self.conditions = train.tags.vocabulary, conditions

    def predict(self, sentences):
        return [[self.tags[self.tag]] * n for n in sentences.lengths.tolist()]

    def predict_proba(self, sentences):
        rest = (1 - self.share) / (len(self.tags) - 1)
        found = np.full((len(sentences.ids), len(self.tags)), rest, np.float32)
        found[:, self.tag] = self.share
        return found


class Mute(Sure):
    predict_proba = None

    @property
    def notes(self):
        return ["no idea"]


class Samples:
    @hookimpl
    def register_taggers(self, register):
        register("sure", lambda *, tag=0, share=1.0: Sure(tag, share), "")
        register("mute", lambda *, tag=0: Mute(tag), "")


@pytest.fixture(autouse=True)
def registry():
    registry = Registry.discover()
    registry.add(Samples(), "samples")
    with made_from(registry):
        yield registry


def fitted(**fields):
    tagger = Ensemble(**fields)
    tagger.fit(TRAIN, Conditions(seed=2))
    return tagger


def test_probabilities_are_the_mean_of_those_of_the_members():
    tagger = fitted(members=["hmm", "hmm(states=0)"])
    alone = [make(spec) for spec in tagger.members]
    for member in alone:
        member.fit(TRAIN, Conditions())
    expected = np.mean([member.predict_proba(WORDS) for member in alone], axis=0)
    assert tagger.predict_proba(WORDS) == pytest.approx(expected, abs=1e-3)
    assert (tagger.predict(WORDS).ids == expected.argmax(1)).all()


def test_one_that_is_sure_outweighs_two_that_are_not_unless_votes_are_counted():
    members = ["sure(tag=1, share=0.95)", "sure(tag=2, share=0.4)", "sure(tag=2, share=0.4)"]
    assert set(fitted(members=members).predict(WORDS).ids) == {1}
    assert set(fitted(members=members, combine="votes").predict(WORDS).ids) == {2}


def test_a_member_counts_as_much_as_its_weight():
    members = ["mute(tag=1)", "sure(tag=2, share=0.7)"]
    assert set(fitted(members=members).predict(WORDS).ids) == {1}
    assert set(fitted(members=members, weights=[0.5, 1.0]).predict(WORDS).ids) == {2}
    assert fitted(members=members, weights=[0.5, 1.0]).predict_proba(WORDS).sum(1) == pytest.approx(np.ones(5))


@pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0], [1.0, float("nan")], [1.0, float("inf")]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(ValueError, match="weights must be 2 numbers above 0"):
        Ensemble(members=["sure", "sure"], weights=weights)


@pytest.mark.parametrize("combine", ["votes", "probabilities"])
def test_of_equally_good_tags_the_first_member_s_is_taken(combine):
    assert set(fitted(members=["mute(tag=2)", "mute(tag=1)"], combine=combine).predict(WORDS).ids) == {2}


def test_members_have_seeds_of_their_own_that_no_other_seed_of_the_ensemble_repeats():
    seeds = set()
    for seed in range(3):
        tagger = Ensemble(members=["sure", "sure"])
        tagger.fit(TRAIN, Conditions(seed=seed))
        seeds |= {member.conditions.seed for member in tagger._members}
    assert len(seeds) == 6


def test_the_budget_is_shared_and_a_member_that_used_its_share_is_told_to_stop():
    tagger = Ensemble(members=["sure", "sure"])
    tagger.fit(TRAIN, Conditions(budget=1e-9))
    assert all(member.conditions.budget == 5e-10 for member in tagger._members)
    assert all(member.conditions.report(epoch=1) for member in tagger._members)
    assert not fitted(members=["sure"])._members[0].conditions.report(epoch=1)


def test_it_is_deterministic_where_all_members_are():
    assert isinstance(Ensemble(members=["hmm", "baseline"]), Deterministic)
    assert not isinstance(Ensemble(members=["hmm", "sure"]), Deterministic)


def test_a_misspelt_member_is_told_before_anything_is_trained(registry):
    with pytest.raises(UsageError, match=r"'hm'.*Did you mean 'hmm'"):
        resolve(registry, parse("ensemble(members=['hm'])"))
    with pytest.raises(UsageError, match="at least one tagger"):
        resolve(registry, parse("ensemble(members=[])"))


def test_its_parts_are_models_with_all_their_hyperparameters(registry):
    model = resolve(registry, parse("ensemble(members=['hmm(states=0)', 'baseline'])"))
    assert [part.entry.name for part in model.parts] == ["hmm", "baseline"]
    assert model.parts[0].spec == resolve(registry, parse("hmm(states=0)")).spec
    assert isinstance(model.build(), Composite)


def test_what_members_have_to_say_is_passed_on():
    tagger = fitted(members=["sure", "mute"])
    assert isinstance(tagger, Noted)
    assert tagger.notes == ["mute: no idea"]
