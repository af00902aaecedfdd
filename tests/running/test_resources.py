"""Time and memory of a piece of work."""

import subprocess
import sys
import time

import pytest
import torch

from seqbench.running.resources import Stopwatch, process_is_fresh, synchronise


def test_cpu_seconds_are_of_work_and_wall_seconds_of_waiting_too():
    with Stopwatch() as watch:
        time.sleep(0.05)
    assert watch.wall >= 0.05
    assert watch.cpu < watch.wall
    assert watch.working == watch.cpu


def test_rates_of_another_device_are_taken_over_wall_seconds():
    watch = Stopwatch("cpu")
    with watch:
        pass
    watch.device = "cuda:1"
    assert watch.working == watch.wall


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is such a device")
@pytest.mark.parametrize("device", ["cuda", "cuda:1"])
def test_a_numbered_device_is_waited_for_as_one_of_its_kind(device):
    with pytest.raises(AssertionError, match="CUDA"):  # of torch, which has none
        synchronise(device)


def test_the_cpu_is_never_waited_for():
    synchronise("cpu")


def test_peak_memory_is_that_above_what_was_held_before():
    code = (
        "from seqbench.running.resources import PeakMemory\n"
        "memory, block = PeakMemory(), bytearray(30_000_000)\n"
        "peak = memory.bytes()\n"
        "assert peak is None or peak >= len(block) * 0.9, peak\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_memory_is_measured_up_to_the_first_trial_with_torch_of_a_process(monkeypatch):
    monkeypatch.setattr("os.getpid", lambda: -1)
    assert [process_is_fresh(torch=torch) for torch in (False, True, True, False)] == [True, True, False, False]
    monkeypatch.setattr("os.getpid", lambda: -2)
    assert process_is_fresh(torch=True)
