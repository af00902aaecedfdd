"""Locks: one process at a time works on a trial, and what the dead have left does not stop the living."""

import json
import os
import re
import subprocess
import sys
import time
from threading import Barrier, Thread

import pytest

from seqbench.results.trial_locks import Locks


def test_a_lock_is_held_by_one(tmp_path):
    path = tmp_path / "trial.lock"
    with Locks() as ours, Locks() as others:
        assert ours.take(path)
        assert not others.take(path)
        assert (ours.holds(path), others.holds(path)) == (True, False)
        others.release(path)
        assert ours.holds(path)
        ours.release(path)
        assert others.take(path)
    assert list(tmp_path.iterdir()) == []


def test_of_many_that_want_a_lock_at_once_one_gets_it(tmp_path):
    path, barrier, taken = tmp_path / "trial.lock", Barrier(8), []
    path.write_text(json.dumps({**dead(tmp_path), "token": "dead"}))

    def want():
        locks = Locks()
        barrier.wait()
        taken.append(locks.take(path))

    threads = [Thread(target=want) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 7 + [True]


def dead(folder):
    """The owner of a lock that a process left behind."""
    code = (
        "import sys, pathlib; from seqbench.results.trial_locks import Locks\nLocks().take(pathlib.Path(sys.argv[1]))"
    )
    left = folder / "left.lock"
    subprocess.run([sys.executable, "-c", code, left], check=True)
    owner = json.loads(left.read_text())
    left.unlink()
    return owner


def test_a_link_to_nothing_in_the_place_of_a_lock_is_taken_over_as_one_that_names_nobody(tmp_path):
    path = tmp_path / "trial.lock"
    path.symlink_to(tmp_path / "nowhere")
    with Locks(patience=0) as locks:
        assert not locks.take(path)
        assert "names no process" in locks.holder(path)
        assert locks.take(path)
        assert locks.holds(path)
    assert not path.is_symlink()


def test_the_lock_of_a_process_that_no_machine_can_have_is_taken_over(tmp_path):
    path = tmp_path / "trial.lock"
    path.write_text(json.dumps({**dead(tmp_path), "process": 10**30}))
    with Locks() as locks:
        locks.sweep(tmp_path)
        assert not path.exists()
        assert locks.take(path)


def test_what_a_lock_says_of_its_owner_is_cut(tmp_path):
    path = tmp_path / "trial.lock"
    path.write_text(json.dumps({"machine": "x" * 9999, "process": "y" * 9999, "since": "z" * 9999}))
    assert len(Locks().holder(path)) < 600


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path):
    path = tmp_path / "trial.lock"
    path.write_text(json.dumps(dead(tmp_path)))
    with Locks() as locks:
        assert locks.take(path)
        assert locks.holds(path)


def test_a_process_with_the_number_of_a_dead_one_does_not_keep_its_lock(tmp_path):
    path = tmp_path / "trial.lock"
    path.write_text(json.dumps({**dead(tmp_path), "process": os.getpid()}))
    assert Locks().take(path)


def test_the_lock_of_another_machine_is_taken_over_only_when_it_was_not_renewed(tmp_path):
    path = tmp_path / "trial.lock"
    path.write_text(json.dumps({"machine": "elsewhere", "process": 1, "token": "theirs"}))
    locks = Locks(patience=0.2)
    assert not locks.take(path)
    time.sleep(0.3)
    os.utime(path)
    assert not locks.take(path)
    time.sleep(0.3)
    assert locks.take(path)


def test_a_lock_that_was_taken_over_is_not_released_by_its_first_owner(tmp_path):
    path = tmp_path / "trial.lock"
    locks = Locks()
    assert locks.take(path)
    path.write_text(json.dumps({"machine": "elsewhere", "process": 1, "token": "theirs"}))
    assert not locks.holds(path)
    locks.release(path)
    assert path.exists()


def test_only_the_locks_of_the_dead_are_swept_away(tmp_path):
    owners = {"dead": dead(tmp_path), "elsewhere": {"machine": "elsewhere", "process": 1, "token": "theirs"}}
    for name, owner in owners.items():
        (tmp_path / f"{name}.lock").write_text(json.dumps(owner))
    with Locks() as locks:
        assert locks.take(tmp_path / "ours.lock")
        Locks().sweep(tmp_path)
        assert sorted(path.stem for path in tmp_path.iterdir()) == ["elsewhere", "ours"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_lock_that_names_no_process_is_taken_over_after_a_while_and_that_is_said(tmp_path, content):
    path = tmp_path / "trial.lock"
    path.write_bytes(content)
    locks = Locks(patience=0.2)
    assert not locks.take(path)
    assert locks.holder(path) == "its lock 'trial.lock' names no process and is taken over after 0.2 seconds"
    time.sleep(0.3)
    assert locks.take(path)


def test_who_holds_a_lock_and_since_when_can_be_said(tmp_path):
    path = tmp_path / "trial.lock"
    with Locks() as ours:
        assert ours.take(path)
        assert re.fullmatch(rf"process {os.getpid()} has worked on it since 20\d\d-.*\+00:00", Locks().holder(path))
    path.write_text(json.dumps({"machine": "elsewhere boot", "process": 1, "token": "theirs"}))
    assert Locks().holder(path) == "process 1 of machine 'elsewhere' has worked on it since an unknown time"


def test_a_lock_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(os, "fsync", lambda file: calls.append("fsync"))
    linked = os.link
    monkeypatch.setattr(os, "link", lambda *names: (calls.append("link"), linked(*names)))
    assert Locks().take(tmp_path / "trial.lock")
    assert calls == ["fsync", "link"]
