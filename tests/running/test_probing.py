"""Probing: bisection over the levels of a stranger's probe, in a folder that resumes."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from seqbench import About, Ceilings, Corpus, Dataset, Deterministic, Difficulty, Range, UsageError, hookimpl
from seqbench.registry.discovery import Registry
from seqbench.registry.probes import probes_of
from seqbench.results.capability_profile import Reach
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways
from seqbench.running.probing import Limits, Probing, plan_without_data, training_out
from seqbench.running.request import RunRequest


def far(*, words: Annotated[int, "words back", Range(1, 32, log=True)] = 1, bare: bool = False) -> Dataset:
    """Each tag is how many words back something stood, so that a tagger can be told what it may know."""
    split = Corpus.encode([["a"] * 4] * 6, [[f"T{words}"] * 3 + ["U"]] * 6)
    ceilings = None if bare else Ceilings(any=1, left_to_right=0.75)
    return Dataset.of(f"far({words})", train=split, dev=split, test=split, ceilings=ceilings, source=f"far?{words=}")


@dataclass(kw_only=True)
class Sees(Deterministic):
    """Knows all tags up to so many words back, but for the last of each sentence if it reads from left to right."""

    words: int = 4
    left: bool = False
    dropout: float = 0.5
    epochs: int = 3

    @property
    def sight(self):
        return None, 0 if self.left else None

    def fit(self, train, conditions):
        first = train.tags.vocabulary[0]
        right = first if int(first[1:]) <= self.words else "U"
        self.answer = [right] * 3 + [first if self.left else "U"]
        for epoch in range(1, self.epochs + 1):
            if conditions.report(epoch=epoch, dev_accuracy=epoch / 100 if self.words == 2 else 0.5):
                return

    def predict(self, sentences):
        return [self.answer] * len(sentences)


@dataclass(kw_only=True)
class Late(Deterministic):
    """Knows nothing for many epochs, then all."""

    epochs: int = 20
    anneal_patience: int = 1

    def fit(self, train, conditions):
        for epoch in range(1, self.epochs + 1):
            known = epoch >= 10
            self.answer = [train.tags.vocabulary[0] if known else "U"] * 3 + ["U"]
            if conditions.report(epoch=epoch, dev_accuracy=1.0 if known else 0.25):
                return

    def predict(self, sentences):
        return [self.answer] * len(sentences)


class Plugin:
    @hookimpl
    def register_taggers(self, register):
        register("sees", Sees, "")
        register("late", Late, "")

    @hookimpl
    def register_datasets(self, register):
        difficulty = Difficulty(option="words", measures="distance", default=True)
        register("far", far, "", about=About(difficulty=difficulty))


def probing(folder, *specs, probes=(), **limits):
    registry = Registry()
    registry.add(Plugin(), "mine")
    limits = Limits(**{"epochs": 20, **limits})
    request = training_out(RunRequest(models=specs, seeds=2), registry, limits)
    plan = plan_without_data(request, registry, lambda _: None)
    return Probing(plan, probes_of(list(probes), registry), registry, Store.create(folder), Ways(), limits)


def reached(profile, model):
    return profile.capability(profile.axes[0], model)


def test_bisection_finds_how_far_each_model_gets(tmp_path):
    notes = []
    profile = probing(tmp_path, "sees", "all=sees(words=32)", "none=sees(words=0)").run(notes.append)
    assert reached(profile, "sees").any == [Reach(2, "model")]  # 1, 2, 4, 8, 16, 32
    assert reached(profile, "all").any == [Reach(5, "levels")]
    assert reached(profile, "none").any == [Reach(-1, "model")]
    assert notes[0] == "round 1: 3 trials"
    assert len(profile.cells) <= 9


def test_what_still_rises_at_the_limit_is_not_trained_out(tmp_path):
    profile = probing(tmp_path, "sees(words=2)").run(lambda _: None)
    assert reached(profile, "sees(words=2)").any == [Reach(1, "training")]


@pytest.mark.parametrize(("patience", "reach"), [(6, Reach(-1, "model")), (10, Reach(5, "levels"))])
def test_what_learns_late_is_waited_for_as_long_as_the_user_says(tmp_path, patience, reach):
    profile = probing(tmp_path, "late", patience=patience).run(lambda _: None)
    assert reached(profile, "late").any == [reach]
    assert profile.as_json()["patience"] == patience


def test_a_plateau_halves_the_learning_rate_twice_before_a_training_ends():
    registry = Registry()
    registry.add(Plugin(), "mine")
    request = RunRequest(models=("late",))
    fields = [training_out(request, registry, Limits(patience=n)).models[0].fields for n in (1, 6, 60)]
    assert [own["anneal_patience"] for own in fields] == [1, 2, 20]


def test_a_model_with_less_sight_is_held_against_its_own_ceiling_too(tmp_path):
    profile = probing(tmp_path, "sees(left=True)").run(lambda _: None)
    capability = reached(profile, "sees(left=True)")
    assert (capability.any, capability.of_sight) == ([Reach(-1, "sight")], [Reach(2, "model")])
    assert capability.restricted


def test_the_same_folder_goes_on_where_it_ended(tmp_path):
    first = probing(tmp_path, "sees").run(lambda _: None)
    files = {path: path.stat().st_mtime_ns for path in (tmp_path / "trials").glob("*.json")}
    notes = []
    assert probing(tmp_path, "sees").run(notes.append) == first
    assert any("finished already" in note for note in notes)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "trials").glob("*.json")} == files
    assert len(files) == len(first.cells)


def test_models_are_trained_out_unless_their_spec_says_otherwise():
    registry = Registry()
    registry.add(Plugin(), "mine")
    request = RunRequest(models=("sees", "own=sees(dropout=0.1, epochs=2)"))
    fields = [spec.fields for spec in training_out(request, registry, Limits(epochs=9)).models]
    assert fields == [{"epochs": 9, "dropout": 0.0}, {"epochs": 2, "dropout": 0.1}]


def test_a_dataset_without_ceilings_is_no_probe(tmp_path):
    with pytest.raises(UsageError, match="it needs seqbench.Ceilings and a dev set"):
        probing(tmp_path, "sees", probes=["far?bare=True"]).run(lambda _: None)
