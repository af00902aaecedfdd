"""One worker process as the run sees it: started, spoken to, watched and ended."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from runs import plan_of
from samples import dataset

from seqbench.registry.discovery import Registry
from seqbench.running.executors.messages import result_of
from seqbench.running.executors.shared_dataset import pack
from seqbench.running.executors.worker_process import WorkerProcess, memory_of
from seqbench.running.plan import requests


@pytest.fixture
def worker():
    worker = WorkerProcess.start(threads=3)
    yield worker
    worker.kill()
    worker.close()


def heard(worker, say):
    """The next message of one kind; None once the worker is gone."""
    while (messages := worker.hear()) is not None:
        for message in messages:
            if message["say"] == say:
                return message
    return None


def test_a_worker_says_when_it_is_ready_and_ends_when_it_is_asked_to(worker):
    assert heard(worker, "ready") == {"say": "ready"}
    assert worker.alive
    worker.leave()
    assert worker.ending(10.0) == "its process ended with exit code 0"
    assert not worker.alive


def test_a_worker_is_in_a_session_of_its_own_and_has_the_threads_of_a_trial(worker):
    heard(worker, "ready")
    assert os.getsid(worker.process.pid) == worker.process.pid
    content = Path(f"/proc/{worker.process.pid}/environ").read_text(encoding="utf-8")
    environment = dict(entry.split("=", 1) for entry in content.split("\0") if entry)
    assert environment["OMP_NUM_THREADS"] == environment["MKL_NUM_THREADS"] == "3"


def test_a_dataset_is_handed_over_once_and_a_trial_on_it_performed(worker):
    (request,) = requests(plan_of(Registry.discover(points=()), "baseline"))
    packed = pack(dataset())
    with packed.file:
        worker.open(request.dataset.fingerprint, packed)
        worker.open(request.dataset.fingerprint, packed)
    assert worker.opened == {dataset().fingerprint}
    about = {"points": [], "files": [], "without": [], "memory": None, "plugin": {"plugin": "p", "version": None}}
    worker.run(request, about)
    result = heard(worker, "result")
    del result["say"]
    assert len(result_of(result).predicted) == dataset().test.tokens


def test_one_that_is_killed_says_so_and_its_channel_is_at_an_end(worker):
    heard(worker, "ready")
    os.kill(worker.process.pid, signal.SIGKILL)
    assert worker.ending(10.0) == "its process was killed by signal 9 (SIGKILL)"
    assert worker.hear() is None


def test_one_that_does_not_end_in_time_has_only_closed_its_connection(worker):
    heard(worker, "ready")
    assert worker.ending(0.01) == "its process closed its connection to the run"


def test_what_it_writes_is_kept_from_its_end(worker):
    heard(worker, "ready")
    worker.show_stack()
    while "worker.py" not in worker.said:
        assert worker.read()
    worker.kill()
    worker.drain()
    assert "most recent call first" in worker.said
    assert "worker.py" in worker.said


def test_the_memory_of_a_process_is_that_of_its_children_too():
    code = "import os, sys; x = bytearray(50_000_000); os.fork(); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.readline()
        together, alone = memory_of([process.pid]), memory_of([os.getpid()])
        process.stdin.close()
    assert together > 2 * 50_000_000
    assert alone > 0
    assert memory_of([process.pid]) == 0  # it has ended


def test_files_that_are_mapped_are_no_memory_of_a_process(tmp_path):
    (tmp_path / "large").write_bytes(bytes(100_000_000))
    code = (
        "import mmap, sys; f = open(sys.argv[1], 'rb'); m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ); "
        "sum(m[::4096]); print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, tmp_path / "large"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        assert 0 < memory_of([process.pid]) < 50_000_000
        process.stdin.close()


def test_a_worker_ends_with_the_process_that_started_it(tmp_path):
    code = (
        "import os; from seqbench.running.executors.worker_process import WorkerProcess; "
        "worker = WorkerProcess.start(1); worker.hear(); print(worker.process.pid, flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    deadline = time.monotonic() + 30
    while Path(f"/proc/{done.stdout.strip()}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
