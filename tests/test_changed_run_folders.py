"""A few run folders changed at random: every command answers or says one sentence; many more do so by command."""

from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks" / "reliability"


@pytest.fixture
def fuzzed(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    return import_module("folders").fuzzed


def test_no_changed_folder_ends_a_command_with_a_traceback(fuzzed):
    counts = fuzzed(20, 7, rerun=0)
    assert counts.keys() <= {"exit code 0", "exit code 1", "exit code 2"}
    assert counts.total() == 20
