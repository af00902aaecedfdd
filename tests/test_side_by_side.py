"""Work on several datasets at once: nobody can see it from the results."""

import multiprocessing
import os
import signal
import sys

import pytest

from seqbench.cli import side_by_side as module
from seqbench.cli.side_by_side import side_by_side

several = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="takes Linux and two processors"
)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """The runner of the tests may have a thread of its own."""
    monkeypatch.setattr(module, "active_count", lambda: 1)


def test_what_comes_out_is_in_the_order_of_what_went_in():
    assert side_by_side(lambda number: number * number, range(50)) == [number * number for number in range(50)]
    assert side_by_side(str, []) == []


def test_the_first_error_in_that_order_is_raised():
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda number: 1 // number if number != 2 else int("two"), [1, 0, 2, 3])


@several
def test_two_are_at_work_at_once():
    both = multiprocessing.get_context("fork").Barrier(2)
    found = side_by_side(lambda _: [both.wait(timeout=30), os.getpid()], range(2))
    assert sorted(place for place, _ in found) == [0, 1]
    assert len({process for _, process in found}) == 2


@several
def test_beside_other_threads_nothing_is_forked(monkeypatch):
    monkeypatch.setattr(module, "active_count", lambda: 2)
    assert set(side_by_side(lambda _: os.getpid(), range(50))) == {os.getpid()}


@several
@pytest.mark.parametrize("end", ["kill", "no json"])
def test_what_another_process_could_not_do_or_tell_is_done_by_this_one(end):
    first, both = os.getpid(), multiprocessing.get_context("fork").Barrier(2)

    def work(number):
        if number < 2 and not both.broken:  # each process has one of the first two
            both.wait(timeout=30)
            both.abort()
        if os.getpid() != first:
            if end == "no json":
                return {number}
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert side_by_side(work, range(5)) == list(range(5))


@several
def test_nothing_is_left_running_when_this_process_is_interrupted():
    first = os.getpid()

    def work(number):
        if os.getpid() == first:
            raise KeyboardInterrupt
        signal.pause()

    with pytest.raises(KeyboardInterrupt):
        side_by_side(work, range(4))
    assert multiprocessing.active_children() == []
