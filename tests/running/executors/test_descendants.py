"""Processes that a process has started are found and ended, wherever they have gone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seqbench.running.executors.descendants import descendants, end_descendants, ended_with_an_error

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system does not list children")
AWAY = """
import subprocess, sys, time
away = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'], start_new_session=True)
print(away.pid, flush=True)
time.sleep(99)
"""


def running(process):
    """Whether a process is there and not a zombie."""
    try:
        return Path("/proc", str(process), "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_children_of_children_in_sessions_of_their_own_are_found_and_ended():
    with subprocess.Popen([sys.executable, "-c", AWAY], stdout=subprocess.PIPE, text=True) as child:
        away = int(child.stdout.readline())
        assert {child.pid, away} <= set(descendants(os.getpid()))
        end_descendants(child.pid)
        for _ in range(100):
            if not running(away):
                break
            time.sleep(0.05)
        assert not running(away)
        child.kill()


def test_of_a_process_that_is_not_there_nothing_is_found():
    assert list(descendants(2**22 + 1)) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_a_process_whose_start_is_interrupted_is_not_left_behind_and_earlier_ones_go_on(error):
    waiting = [sys.executable, "-c", "import time; time.sleep(99)"]
    processes = [subprocess.Popen(waiting)]

    def interrupted():
        with ended_with_an_error():
            processes.append(subprocess.Popen(waiting, start_new_session=True))
            raise error

    with pytest.raises(error):
        interrupted()
    assert (processes[1].wait(), processes[0].poll()) == (-signal.SIGKILL, None)
    processes[0].kill()
    processes[0].wait()
