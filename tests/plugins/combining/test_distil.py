"""A student that learns a teacher's probabilities: what it is given, and what is kept of it."""

from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest

from seqbench import Conditions, Corpus, Imitating, SeqbenchError, UsageError, hookimpl, learned, make
from seqbench.registry.discovery import Registry
from seqbench.registry.models import made_from
from seqbench_plugins.combining._exchanged_words import copies_of, together
from seqbench_plugins.combining.distil import Distil

WORDS = [["the", "dog", "ran"], ["a", "run"], ["run", "home"], ["home"]]
TRAIN = Corpus.encode(WORDS, [["D", "N", "V"], ["D", "N"], ["V", "A"], ["A"]])
SMALL = "rnn(epochs=2, min_steps=4, embedding_dim=8, hidden_dim=8)"


class Half:
    """Gives half to the first tag and the rest to the last, and remembers what it was fitted to."""

    trained_on = ("wikipedia",)
    corpora: ClassVar[list[list[str]]] = []
    read: ClassVar[list[tuple[list[int], list[str]]]] = []

    def fit(self, train, conditions):
        self.tags = train.tags.vocabulary
        Half.corpora.append([" ".join(sentence) for sentence in train.sentences])

    def predict(self, sentences):
        return [[self.tags[0]] * n for n in sentences.lengths.tolist()]

    def predict_proba(self, sentences):
        Half.read.append((sentences.lengths.tolist(), [" ".join(sentence) for sentence in sentences]))
        probabilities = np.zeros((len(sentences.ids), len(self.tags)), np.float32)
        probabilities[:, 0], probabilities[:, -1] = 0.8, 0.2
        return probabilities


class Pupil(Half):
    """Keeps the targets."""

    trained_on = ()

    def imitate(self, train, targets, conditions):
        self.fit(train, conditions)
        self._fitted = self
        self.targets, self.conditions = targets, conditions


class Mute(Half):
    predict_proba = None


@pytest.fixture(autouse=True)
def registry():
    class Samples:
        @hookimpl
        def register_taggers(self, register):
            for kind in (Half, Pupil, Mute):
                register(kind.__name__.lower(), kind, "")

    registry = Registry.discover()
    registry.add(Samples(), "samples")
    Half.corpora, Half.read = [], []
    with made_from(registry):
        yield registry


def fitted(**fields):
    tagger = Distil(teacher="half", student="pupil", **fields)
    tagger.fit(TRAIN, Conditions(seed=3, budget=12.0))
    return tagger


def test_the_student_learns_the_teachers_probabilities_mixed_with_the_tags():
    targets = learned(fitted(share=0.5)).targets
    gold = np.eye(len(TRAIN.tags.vocabulary))[TRAIN.tags.ids]
    teacher = np.array([0.8, 0, 0, 0.2])
    assert targets == pytest.approx(0.5 * teacher + 0.5 * gold)


def test_a_temperature_above_one_makes_the_teacher_less_sure():
    targets = learned(fitted(share=1.0, temperature=2.0)).targets
    softer = np.array([0.8**0.5, 0, 0, 0.2**0.5])
    assert targets == pytest.approx(np.tile(softer / softer.sum(), (TRAIN.tokens, 1)))


def test_with_folds_no_teacher_is_asked_about_what_it_learned():
    student = learned(fitted(folds=2))
    assert Half.corpora[:2] == [["a run", "home"], ["the dog ran", "run home"]]
    assert student.targets.sum(1) == pytest.approx(np.ones(TRAIN.tokens))
    assert student.conditions.budget == 4.0


def test_of_copies_with_exchanged_words_the_student_learns_what_the_teacher_says():
    student = learned(fitted(copies=2, exchanged=0.5, share=0.0))
    teacher, pupil = Half.corpora
    assert pupil[:4] == teacher
    copies = [sentence.split() for sentence in pupil[4:]]
    assert list(map(len, copies)) == 2 * list(map(len, WORDS))
    assert {word for sentence in copies for word in sentence} <= set(TRAIN.sentences.vocabulary)
    assert copies[:4] != WORDS != copies[4:] != copies[:4]
    assert student.targets[: TRAIN.tokens] == pytest.approx(np.eye(4)[TRAIN.tags.ids])
    assert student.targets[TRAIN.tokens :] == pytest.approx(np.tile([0.8, 0, 0, 0.2], (2 * TRAIN.tokens, 1)))
    fitted(copies=2, exchanged=0.5, share=0.0)
    assert Half.corpora[3] == pupil


def test_with_folds_a_copy_is_tagged_by_the_teacher_that_has_not_learned_its_sentence():
    student = learned(fitted(copies=1, folds=2))
    assert Half.corpora[:2] == [["a run", "home"], ["the dog ran", "run home"]]
    assert [lengths for lengths, _ in Half.read] == [[3, 2], [3, 2], [2, 1], [2, 1]]
    assert Half.read[0] != Half.read[1]
    assert student.targets.sum(1) == pytest.approx(np.ones(2 * TRAIN.tokens))


def test_copies_keep_input_layers():
    layer = TRAIN.tags
    words = replace(TRAIN.sentences, layers={"shape": layer})
    (copy,) = copies_of(replace(TRAIN, sentences=words), 1, 0.5, 0)
    assert copy.layers["shape"] is layer
    assert list(together(TRAIN, [words, copy]).sentences.layers["shape"]) == 2 * list(layer)


def test_the_share_of_exchanged_words_is_that_of_the_field():
    train = Corpus.encode([[f"w{i}" for i in range(1000)]] * 20, [["T"] * 1000] * 20)
    (copy,) = copies_of(train, 1, 0.2, 7)
    assert (copy.ids != train.sentences.ids).mean() == pytest.approx(0.2, abs=0.01)


def test_there_are_no_more_folds_than_sentences():
    tagger = Distil(teacher="half", student="pupil", folds=9)
    tagger.fit(TRAIN.part(0, 1), Conditions())
    assert Half.corpora[0] == ["the dog ran"]
    assert learned(tagger).targets.shape == (3, 4)


def test_texts_that_the_teacher_learned_from_beside_train_are_told():
    assert fitted().trained_on == ["wikipedia"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"student": "hmm"}, "student 'hmm' cannot learn from probabilities"),
        ({"student": "pupil", "teacher": "mute"}, "teacher 'mute' has no probabilities"),
    ],
)
def test_what_cannot_learn_or_teach_is_refused_before_anything_is_trained(fields, message):
    with pytest.raises(UsageError, match=message):
        Distil(**fields)


@pytest.mark.parametrize("fields", [{"copies": -1}, {"copies": 1_000_000}, {"exchanged": 1.5}, {"exchanged": 0}])
def test_copies_that_cannot_be_made_are_refused(fields):
    with pytest.raises(ValueError, match="exchanged must be above 0 and at most 1, and copies from 0 to 100"):
        Distil(**fields)


@pytest.mark.parametrize("fields", [{"share": 1.5}, {"temperature": 0.0}, {"temperature": float("nan")}, {"folds": 0}])
def test_fields_out_of_range_are_refused(fields):
    with pytest.raises(ValueError, match="share must be from 0 to 1"):
        Distil(**fields)


def test_a_network_that_imitates_certain_tags_is_the_one_that_learns_them():
    once, again = make(SMALL), make(SMALL)
    assert isinstance(once, Imitating)
    once.fit(TRAIN, Conditions(seed=1))
    again.imitate(TRAIN, np.eye(4, dtype=np.float32)[TRAIN.tags.ids], Conditions(seed=1))
    assert again.predict_proba(TRAIN.sentences) == pytest.approx(once.predict_proba(TRAIN.sentences), abs=1e-5)


def test_a_network_learns_probabilities_that_no_tag_would_give():
    tagger = make("rnn(epochs=30, min_steps=60, embedding_dim=8, hidden_dim=8, word_dropout=0, dropout=0)")
    tagger.imitate(TRAIN, np.tile(np.array([0.5, 0.3, 0.2, 0], np.float32), (TRAIN.tokens, 1)), Conditions())
    assert tagger.predict_proba(TRAIN.sentences).mean(0) == pytest.approx([0.5, 0.3, 0.2, 0], abs=0.05)


@pytest.mark.parametrize("spec", ["lstm-crf", "lstm(crf=True)"])
def test_a_random_field_is_refused_as_a_student_before_anything_is_trained(spec):
    assert not isinstance(make(spec), Imitating)
    with pytest.raises(UsageError, match="cannot learn from probabilities; choose a network .without crf."):
        Distil(teacher="half", student=spec)


def test_a_network_with_a_loss_of_its_own_says_that_it_is_no_student():
    class Weighed(type(make(SMALL))):
        def loss(self, train):
            return lambda scores, _tags: scores.sum()

    with pytest.raises(SeqbenchError, match="Weighed has a loss of its own, .* it is no student"):
        Weighed().imitate(TRAIN, np.eye(4, dtype=np.float32)[TRAIN.tags.ids], Conditions())


def test_a_share_that_is_exchanged_in_no_copy_is_told():
    told = [list(fitted(**fields).notes) for fields in ({}, {"exchanged": 0.4}, {"exchanged": 0.4, "copies": 1})]
    assert told == [[], ["exchanged has no effect without copies: copies=1 makes one"], []]


def test_only_the_student_is_kept(tmp_path):
    tagger = Distil(teacher="hmm", student=SMALL)
    tagger.fit(TRAIN, Conditions())
    tagger.save(tmp_path)
    again = Distil(teacher="hmm", student=SMALL)
    again.load(tmp_path)
    assert (again.predict_proba(TRAIN.sentences) == tagger.predict_proba(TRAIN.sentences)).all()
    assert again.parameters == tagger.parameters > 0
