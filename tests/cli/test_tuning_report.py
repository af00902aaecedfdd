"""The report of a search: the best is scored on other sentences too, and what to expect stands between bounds."""

import json

import pytest
from program import called


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small corpus whose dev has two kinds of sentences."""
    folder = tmp_path_factory.mktemp("data")
    sentences = [f"w{number % 7}\tA\nx\tB\ny{number % 5}\t{'AB'[number % 2]}\n\n" for number in range(40)]
    for split, part in {"train": sentences, "dev": sentences[::-1], "test": sentences[:5]}.items():
        (folder / f"{split}.tsv").write_text("".join(part))
    return folder


def tune(folder, out, *options):
    models = ["--models", "perceptron(epochs=1)", "--trials", "3"]
    return called("tune", "--data", folder, *models, "--device", "cpu", "-q", "--out", out, *options)


def test_the_best_has_a_corrected_figure_and_the_expected_best_has_bounds(folder, tmp_path):
    done = tune(folder, tmp_path / "t")
    assert done.returncode == 0, done.stderr
    assert "corrected" in done.stdout
    assert "scores not found being anywhere from 0 to 100" in done.stdout
    (model,) = json.loads(tune(folder, tmp_path / "t", "--format", "json").stdout)["models"]
    assert (model["metric"], model["held_out"]) == ("accuracy", None)
    assert 0 < model["corrected"] <= 1
    for (low, high), expected in zip(model["expected_best_band"], model["expected_best"], strict=True):
        assert low <= expected <= high


def test_sentences_held_out_are_scored_apart_and_verified(folder, tmp_path):
    done = tune(folder, tmp_path / "t", "--tune-split", "0.5", "--select", "sentence_accuracy")
    assert done.returncode == 0, done.stderr
    assert "held out: the best, on sentences of dev that took no part in any choice" in done.stdout
    assert "sentence_accuracy on dev in %" in done.stdout
    checked = called("verify", tmp_path / "t")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_metric_that_is_not_there_is_refused(folder, tmp_path):
    done = tune(folder, tmp_path / "t", "--select", "acuracy")
    assert done.returncode == 2
    assert "no metric is named 'acuracy'. Did you mean 'accuracy'?" in done.stderr
