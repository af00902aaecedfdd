"""A few forged worker messages, absurd specs and plan files: refused or taken; thousands more are so by command."""

from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks" / "reliability"


@pytest.fixture
def fuzzed(monkeypatch):
    """The counts of a command for so many inputs."""
    monkeypatch.syspath_prepend(FOLDER)
    return lambda name, inputs, seed: import_module(name).fuzzed(inputs, seed)


def test_no_forged_message_of_a_worker_is_more_than_a_failed_trial(fuzzed):
    counts = fuzzed("forging", 25, 3)
    assert counts.keys() <= {"result", "failure", "failed trial", "refused", "no end"}
    assert counts["refused"]


def test_no_absurd_spec_or_plan_file_is_a_traceback(fuzzed):
    counts = fuzzed("absurd_plans", 200, 4)
    assert counts.keys() == {"taken", "refused"}
