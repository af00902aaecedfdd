"""Signals that end a run: with a word on how to go on, at once the second time, and also where Python drops them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seqbench.cli.interruption import interruptible


def ended(code: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A process of its own that has run some code."""
    command = [sys.executable, *(arguments or ("-c", code))]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=cwd)


def test_a_second_signal_ends_the_process_without_a_traceback():
    done = ended("""
import os, signal
from seqbench.cli.interruption import interruptible
try:
    with interruptible("farewell"):
        os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    os.kill(os.getpid(), signal.SIGINT)
""")
    assert (done.returncode, done.stderr) == (130, "")


def test_a_signal_that_python_drops_ends_the_process_too_and_all_that_it_started():
    done = ended("""
import os, signal, subprocess, sys, time
from seqbench.cli.interruption import interruptible
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
class Finalized:
    def __del__(self):  # what it raises is dropped, KeyboardInterrupt as well
        os.kill(os.getpid(), signal.SIGTERM)
with interruptible("to go on: seqbench run", grace=0.1):
    Finalized()
    time.sleep(60)
""")
    assert done.returncode == 130  # and nobody holds the pipe of standard output any more, which was read to its end
    assert done.stderr.endswith("to go on: seqbench run\n")


def test_an_interruption_within_code_made_of_text_ends_with_130_as_any_other(tmp_path):
    (tmp_path / "interrupted.py").write_text("""
import sys
from seqbench import cli
sys.argv = ["seqbench", "models"]
cli.program.invoke = lambda _: exec("raise KeyboardInterrupt")
cli.main()
""")
    assert ended("", "-m", "interrupted", cwd=tmp_path).returncode == 130


def test_without_a_signal_all_is_as_before(signals):
    before = [signal.getsignal(number) for number in signals]
    with interruptible("farewell"):
        assert signal.getsignal(signal.SIGTERM) not in before
    assert [signal.getsignal(number) for number in signals] == before
    assert signal.set_wakeup_fd(-1) == -1


def test_after_an_interruption_that_was_heard_nothing_ends_the_process_later(signals, capfd):
    with pytest.raises(KeyboardInterrupt), interruptible("farewell", grace=0.0):
        os.kill(os.getpid(), signal.SIGINT)
    assert capfd.readouterr().err == ""
