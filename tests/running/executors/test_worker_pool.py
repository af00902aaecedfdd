"""The worker processes of a run: who goes on to other trials, and how each attempt ends."""

import os
import signal

import pytest
from bad_plugins import plugin
from runs import plan_of
from samples import dataset

from seqbench.registry.discovery import Registry
from seqbench.running.executors.attempts import Attempt
from seqbench.running.executors.worker_pool import WorkerPool
from seqbench.running.plan import requests

ABOUT = {"points": [], "files": [], "without": [], "memory": None, "plugin": {"plugin": "p", "version": None}}


@pytest.fixture
def pool():
    with WorkerPool(lambda request, step: False) as pool:
        yield pool


def attempt_at(spec, file=None, *, alone=False, **further):
    """A try at one trial."""
    registry = Registry.discover([file] if file else [], points=())
    (request,) = requests(plan_of(registry, spec))
    return Attempt(request, {**ABOUT, "files": [str(file)] if file else [], **further}, alone=alone)


def free(pool):
    """The workers that wait for an attempt."""
    return [pooled.worker for pooled in pool.workers if pooled.free]


def ended(pool, *attempts):
    """How these attempts end."""
    ends = []
    for attempt in attempts:
        pool.give(attempt, dataset())
    while pool.working:
        ends += pool.wait()
    return ends


def test_a_worker_that_ran_seqbench_s_own_tagger_goes_on_to_the_next_trial(pool):
    (first,) = ended(pool, attempt_at("baseline"))
    (worker,) = free(pool)
    (second,) = ended(pool, attempt_at("majority"))
    assert free(pool) == [worker]
    assert [len(end.result.predicted) for end in (first, second)] == [6, 6]
    assert len(pool.packed) == 1  # the dataset is written once


def test_two_at_once_are_two_workers(pool):
    assert len(ended(pool, attempt_at("baseline"), attempt_at("majority"))) == 2
    assert len({worker.process.pid for worker in free(pool)}) == 2


def test_an_attempt_alone_gets_a_worker_of_its_own_which_is_not_used_again(pool, tmp_path):
    ended(pool, attempt_at("baseline"))
    (own,) = free(pool)
    (end,) = ended(pool, attempt_at("one", plugin(tmp_path, "one"), alone=True))
    assert end.result.failure is None
    assert free(pool) == [own]


def test_a_worker_whose_trial_failed_is_not_used_again(pool, tmp_path):
    file = plugin(tmp_path, "one", {"fit": "raise RuntimeError('out of luck')"})
    (end,) = ended(pool, attempt_at("one", file))
    assert end.result.failure.error.startswith("RuntimeError: out of luck")
    assert free(pool) == []


def test_an_attempt_whose_process_ends_has_no_result_says_why_and_may_be_tried_again(pool, tmp_path):
    file = plugin(tmp_path, "one", {"fit": "print('last words'); os._exit(4)"})
    attempt = attempt_at("one", file, alone=True)
    (end,) = ended(pool, attempt)
    assert (end.result, end.why, end.may_retry) == (None, "its process ended with exit code 4", True)
    assert "last words" in end.output
    assert end.attempt is attempt
    assert attempt.again().number == 2


def test_a_free_worker_that_has_died_is_replaced(pool):
    ended(pool, attempt_at("baseline"))
    (worker,) = free(pool)
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    (end,) = ended(pool, attempt_at("majority"))
    assert end.result.failure is None
    assert free(pool) != [worker]


def test_where_the_run_answers_true_the_tagger_is_asked_to_stop(tmp_path):
    fit = "any(conditions.report(epoch=n) or time.sleep(0.05) for n in range(1, 61))"
    with WorkerPool(lambda request, step: step["epoch"] == 1) as pool:
        (end,) = ended(pool, attempt_at("slow", plugin(tmp_path, "slow", {"fit": fit}), alone=True))
    assert 1 <= len(end.result.curve) < 60


def test_leaving_ends_all_processes_those_amid_a_trial_at_once(tmp_path):
    with WorkerPool(lambda request, step: False) as pool:
        ended(pool, attempt_at("baseline"))
        file = plugin(tmp_path, "one", {"fit": "time.sleep(99)"})
        pool.give(attempt_at("one", file, alone=True), dataset())
        processes = [pooled.worker.process for pooled in pool.workers]
        assert [process.poll() for process in processes] == [None, None]
    assert all(process.poll() is not None for process in processes)
