"""Work on several datasets at once: nobody can see it from the results."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seqbench.reporting import side_by_side as module
from seqbench.reporting.side_by_side import side_by_side, uncollected

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
several = pytest.mark.skipif(module._processors() < 2, reason="takes two processors")


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


def test_one_of_several_that_dies_holds_up_nobody(monkeypatch):
    first, seen = os.getpid(), multiprocessing.get_context("fork").Barrier(4)
    monkeypatch.setattr(module, "_processors", lambda: 4)

    def work(number):
        if number < 4 and not seen.broken:  # each process has one of the first four
            seen.wait(timeout=30)
            seen.abort()
        if number == 0 and os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return [number] * 50_000  # more than a pipe holds

    assert [one[0] for one in side_by_side(work, range(12))] == list(range(12))


def test_nothing_more_is_begun_behind_an_error():
    begun = multiprocessing.get_context("fork").Value("q", 0)

    def work(number):
        with begun.get_lock():
            begun.value += 1
        return 1 // number

    with pytest.raises(ZeroDivisionError):
        side_by_side(work, range(1000))
    assert begun.value < 900


@pytest.mark.parametrize("had", [0, 1])
def test_where_no_process_can_be_had_this_one_does_all(monkeypatch, had):
    real, forks = os.fork, []

    def fork():
        if len(forks) == had:
            raise BlockingIOError
        forks.append(1)
        return real()

    monkeypatch.setattr(module, "_processors", lambda: 4)
    monkeypatch.setattr(os, "fork", fork)
    assert side_by_side(str, range(20)) == [str(number) for number in range(20)]


def test_a_process_whose_first_one_is_gone_begins_nothing_more(tmp_path):
    """The first process is killed while both are at work."""
    place = tmp_path / "begun"
    code = f"""
import os, signal, time
from pathlib import Path
from seqbench.reporting import side_by_side as module
module._processors = lambda: 2
first = os.getpid()

def work(number):
    with open({str(place)!r}, "a") as file:
        print(os.getpid(), file=file, flush=True)
    if os.getpid() == first:
        while len(set(Path({str(place)!r}).read_text().split())) < 2:
            time.sleep(0.01)
        os.kill(first, signal.SIGKILL)
    time.sleep(0.2)
    return "x" * 100_000

module.side_by_side(work, range(50))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in set(place.read_text().split())):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert len(place.read_text().split()) < 10


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


def test_what_was_made_while_nothing_was_collected_counts_as_old():
    """Else the next object that is made would let Python look at all of them."""
    with uncollected():
        made = [[] for _ in range(20_000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_count()[0] < len(made)
