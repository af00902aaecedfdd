"""The machine that a run was made on, against what the system says of itself."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from seqbench.results.environment import machine


def test_system_and_cores_are_those_of_this_machine():
    assert (machine()["system"], machine()["cores"]) == (platform.platform(), os.cpu_count())


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux'")
def test_memory_is_what_the_kernel_tells():
    kibibytes = next(line.split()[1] for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    assert machine()["memory_bytes"] == 1024 * int(kibibytes)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux'")
def test_the_processor_has_the_name_that_the_kernel_tells_or_its_kind():
    told = Path("/proc/cpuinfo").read_text()
    assert machine()["processor"] in told or machine()["processor"] == platform.machine()


def test_numbers_of_threads_in_the_environment_are_told_and_nothing_else_of_it(monkeypatch):
    for name in ("MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.setenv("PASSWORD", "secret")
    assert machine()["environment"] == {"OMP_NUM_THREADS": "3"}


def test_asking_for_the_machine_imports_no_torch():
    code = "import sys; from seqbench.results.environment import machine; assert machine()['gpus'] == []; "
    subprocess.run([sys.executable, "-c", code + "assert 'torch' not in sys.modules"], check=True)
