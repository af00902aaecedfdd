"""Which trials a process may begin: those that no other holds or has done meanwhile."""

import pytest
from runs import plan_of, registry_of, run_of
from samples import Seeded

from seqbench.contracts.trial import Failure, TrialResult
from seqbench.results.saving import save_trial
from seqbench.results.store import Store
from seqbench.results.trial_locks import Locks
from seqbench.running.plan import requests
from seqbench.running.trial_claims import Claims


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch):
    monkeypatch.setattr("seqbench.running.trial_claims._PAUSE", 0.0)


@pytest.fixture
def store(tmp_path):
    return Store.create(tmp_path / "run")


@pytest.fixture(scope="module")
def trials():
    return list(requests(plan_of(registry_of(seeded=Seeded), "seeded", seeds=3)))


def lock_of(store, trial):
    return store.folder / "trials" / f"{trial.key}.lock"


def finish(store, trial):
    """The trial finished by somebody else."""
    done = run_of(store.folder.parent / "elsewhere", registry_of(seeded=Seeded), "seeded", seeds=3)
    record = done.required_trial(trial)
    store.write_trial(record, done.trial_arrays(record))


def fail(store, trial):
    save_trial(store, trial, TrialResult(failure=Failure("p", None, "out of luck", "")), None)


def test_each_trial_is_taken_once_and_held_until_it_is_given_up(store, trials):
    with Claims(store) as claims, Locks() as others:
        for trial in claims.of(trials):
            assert claims.still_hold(trial)
            assert not others.take(lock_of(store, trial))
            claims.give_up(trial)
            assert not claims.still_hold(trial)
        assert claims.elsewhere == 0
    assert list((store.folder / "trials").glob("*.lock")) == []


def test_a_trial_that_another_holds_comes_last_and_until_then_there_is_nothing_to_begin(store, trials):
    first, second, third = trials
    with Claims(store) as claims, Locks() as others:
        assert others.take(lock_of(store, first))
        offered = claims.of(trials)
        assert [next(offered), next(offered)] == [second, third]
        others.release(lock_of(store, first))
        assert next(trial for trial in offered if trial is not None) == first


def test_a_trial_that_another_finishes_meanwhile_is_not_begun(store, trials):
    first, second, _ = trials
    with Claims(store) as claims:
        offered = claims.of([first, second])
        assert next(offered) == first
        finish(store, second)
        assert list(offered) == []
        assert claims.elsewhere == 1


def test_a_trial_that_fails_elsewhere_since_the_run_began_is_not_begun_and_one_before_is(store, trials):
    first, second, third = trials
    fail(store, first)
    with Claims(store) as claims:
        offered = claims.of([first, second, third])
        assert [next(offered), next(offered)] == [first, second]
        fail(store, third)
        assert list(offered) == []


def test_what_is_finished_already_counts_unless_all_is_to_be_fresh(store, trials):
    first, *_ = trials
    finish(store, first)
    with Claims(store) as claims:
        assert list(claims.of([first])) == []
    with Claims(store, fresh=True) as claims:
        assert next(claims.of([first])) == first


def test_a_trial_that_is_finished_under_another_label_is_kept_under_this_one_too(store, trials):
    (again, *_) = requests(plan_of(registry_of(seeded=Seeded), "again=seeded"))
    finish(store, trials[0])
    with Claims(store) as claims:
        assert list(claims.of([again])) == []
    assert store.required_trial(again).label == "again"


def test_leaving_gives_all_up_and_sweeps_away_what_dead_processes_left(store, trials):
    left = store.folder / "trials" / "left.lock"
    left.write_text('{"machine": "elsewhere", "process": 1, "token": "theirs"}')
    with Claims(store) as claims:
        assert next(claims.of(trials)) == trials[0]
        assert lock_of(store, trials[0]).exists()
    assert list(store.folder.glob("trials/*.lock")) == [left]  # that of another machine stays


def test_who_holds_the_trials_that_are_waited_for_is_said_once(store, trials):
    notes = []
    with Claims(store, note=notes.append) as claims, Locks() as others:
        assert others.take(lock_of(store, trials[0]))
        assert others.take(lock_of(store, trials[1]))
        offered = claims.of(trials[:2])
        for _ in range(3):
            assert next(offered) is None
        assert len(notes) == 1
        assert notes[0].startswith(f"waiting for {trials[0].name}, and for 1 more: process ")
