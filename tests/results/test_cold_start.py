"""The wall time of a new process, and none of one that fails."""

import sys

from seqbench.results import cold_start


def test_a_process_takes_some_time_and_one_that_fails_has_none(tmp_path):
    assert 0 < cold_start.seconds_of_process(["-c", "pass"]) < 60
    assert cold_start.seconds_of_process(["-c", "raise SystemExit(3)"]) is None


def test_a_folder_without_a_model_has_no_cold_start(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "false")
    assert cold_start.cold_start_seconds(tmp_path) is None


def test_a_process_that_never_ends_has_no_time(monkeypatch):
    monkeypatch.setattr(cold_start, "_LONGEST", 0.2)
    assert cold_start.seconds_of_process(["-c", "import time; time.sleep(60)"]) is None
