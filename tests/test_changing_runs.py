"""A run that changes while a command reads it; many more changes are tried by command."""

from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks" / "reliability"


@pytest.fixture
def changing_runs(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(FOLDER)
    monkeypatch.chdir(tmp_path)
    changing = import_module("changing_runs")
    changing.prepare()
    return changing


def test_a_command_whose_run_changes_gives_an_answer_or_one_sentence(changing_runs):
    calls = range(3, 40, 5)
    changes = [changing_runs.CHANGES[number % len(changing_runs.CHANGES)] for number in range(len(calls))]
    tried = [changing_runs.changing("show R", *each) for each in zip(changes, calls, strict=True)]
    assert tried == [(True, "")] * len(calls)
