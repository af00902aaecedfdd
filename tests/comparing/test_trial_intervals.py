"""Intervals of one trial's scores: those that a comparison prints."""

import json

from kept import kept
from program import called

from seqbench.results.model_folder import read_record


def test_a_kept_model_has_the_intervals_of_its_run(tmp_path):
    run = called("run", "--data", "tutorial", "--models", "majority", "--out", tmp_path / "r", "--format", "json", "-q")
    accuracy = json.loads(run.stdout)["rows"][0]["accuracy"]
    score = read_record(kept("majority", tmp_path / "model")).scores["accuracy"]
    assert score.value == accuracy["mean"]
    assert list(score.ci95) == accuracy["ci95"]
