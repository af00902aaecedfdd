"""Seeds look by look: a run goes on after a kill, keeps what was asked, and is one run for those that watch it."""

from dataclasses import dataclass, replace

import pytest
from runs import plan_of, registry_of
from samples import Constant, Seeded

from seqbench import hookimpl
from seqbench.errors import UsageError
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.interim_looks import first_look, next_look
from seqbench.running.runner import run


@dataclass(frozen=True)
class UntilSeeds:
    """Needs so many seeds of the first model, whatever the scores."""

    needed: int
    name: str = "decided"
    looks: tuple[int, ...] = (2, 3, 5)
    stuck: tuple[str, ...] = ()

    def __call__(self, folder):
        trials = [trial for trial in folder.manifest().trials if trial.label == "seeded"]
        return {} if len(trials) >= self.needed else {(trials[0].dataset, "seeded"): "seeded is open"}

    def past_help(self, folder):
        return self.stuck


class Watching:
    def __init__(self):
        self.heard = []

    @hookimpl
    def run_started(self, trials):
        self.heard.append(f"started {len(trials)}")

    @hookimpl
    def trial_finished(self, trial, result):
        self.heard.append(f"{trial.label} {trial.seed}")

    @hookimpl
    def run_finished(self):
        self.heard.append("finished")


@pytest.fixture
def registry():
    return registry_of(seeded=Seeded, constant=Constant)


def until(registry, needed, **further):
    rule = UntilSeeds(needed)
    return plan_of(registry, "seeded", "b=seeded(rate=2.0)", "constant", seeds=5, until=rule, **further)


def test_a_model_gets_seeds_as_long_as_it_needs_them_and_watchers_see_one_run(registry, tmp_path):
    watching, notes = Watching(), []
    registry.add(watching, "watching")
    store = run(until(registry, 3), registry, Store.create(tmp_path / "r"), notes.append)
    assert {row.key.label: list(row.seeds) for row in read([store]).rows} == {
        "seeded": [0, 1, 2], "b": [0, 1], "constant": [0]}  # fmt: skip
    assert watching.heard == ["started 5", "seeded 0", "seeded 1", "b 0", "b 1", "constant 0", "seeded 2", "finished"]
    assert notes == ["after 2 seeds, of at most 5: seeded is open", "3 of at most 5 seeds are enough (--until decided)"]


def test_what_no_further_seed_decides_is_named_and_no_seeds_are_called_enough(registry, tmp_path):
    rule, notes = UntilSeeds(2, stuck=tuple("abcd")), []
    run(plan_of(registry, "seeded", seeds=5, until=rule), registry, Store.create(tmp_path / "r"), notes.append)
    assert notes == ["after 2 of at most 5 seeds, further ones decide nothing more: a; b; c and 1 more"]


def test_a_run_keeps_what_was_asked_and_goes_on_where_it_was_ended(registry, tmp_path):
    class KilledError(Exception):
        pass

    def heard(text):
        if "after 3" in text:
            raise KilledError

    store, notes = Store.create(tmp_path / "r"), []
    with pytest.raises(KilledError):
        run(until(registry, 5), registry, store, heard)
    assert (store.manifest().until.rule, store.manifest().until.most) == ("decided", 5)
    run(until(registry, 5), registry, store, notes.append)
    assert notes[0] == "5 of 5 trials are finished already and kept"
    assert len(store.manifest().trials) == 5 + 2 + 1
    assert store.manifest().earlier == ()
    again = []
    run(until(registry, 5, fresh=True), registry, store, again.append)
    assert not [note for note in again if "kept" in note]


def test_a_later_request_with_fixed_seeds_does_not_hide_that_there_was_a_look(registry, tmp_path):
    store = Store.create(tmp_path / "r")
    run(until(registry, 2), registry, store, lambda _: None)
    run(plan_of(registry, "seeded", seeds=2), registry, store, lambda _: None)
    assert store.manifest().until.most == 5


def test_fixed_seeds_are_one_part(registry, tmp_path):
    plan = plan_of(registry, "seeded", seeds=2)
    assert first_look(plan) is plan
    assert next_look(plan, Store(tmp_path), lambda _: None) is None


@pytest.mark.parametrize("looks", [(2, 3, 4, 5, 6), (2, 3, 4)], ids=["more", "fewer"])
def test_a_run_that_was_looked_at_keeps_the_looks_that_were_planned(registry, tmp_path, looks):
    store, plan = Store.create(tmp_path / "r"), until(registry, 2)
    run(plan, registry, store, lambda _: None)
    other = replace(plan, seeds=looks[-1], until=UntilSeeds(2, looks=looks))
    with pytest.raises(
        UsageError, match=r"was looked at with up to 5 seeds in view, .* keep that number \(--until dec"
    ):
        run(other, registry, store, lambda _: None)
    run(replace(plan, until=UntilSeeds(2, name="0.5")), registry, store, lambda _: None)
    run(other, registry, Store.create(tmp_path / "another"), lambda _: None)


def test_fixed_seeds_beyond_the_planned_looks_are_refused_too(registry, tmp_path):
    store = Store.create(tmp_path / "r")
    run(until(registry, 2), registry, store, lambda _: None)
    with pytest.raises(UsageError, match="or make another run"):
        run(plan_of(registry, "seeded", seeds=6), registry, store, lambda _: None)
