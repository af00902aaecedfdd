"""Costs of use of models that are kept: counted, timed, and in the rows of results."""

import json
import re

import pytest
from program import called

from seqbench import Corpus
from seqbench.running.use_costs import use_costs

USE = ("p50_ms", "p95_ms", "cold_start_seconds", "bytes_on_disk")


class Counting:
    def __init__(self):
        self.asked = []

    def predict(self, sentences):
        self.asked.append([list(words) for words in sentences])
        return [["X"] * len(words) for words in sentences]


def test_sentences_are_tagged_one_by_one_and_files_are_counted(tmp_path):
    tagger = Counting()
    (tmp_path / "part").mkdir()
    (tmp_path / "part/file").write_bytes(b"x" * 300)
    costs = use_costs(tagger, Corpus.encode([["a"], [], ["b", "c"]], [["X"], [], ["X", "X"]]).sentences, tmp_path)
    assert tagger.asked == [[["a"]], [["b", "c"]]]
    assert 0 < costs["p50_ms"] <= costs["p95_ms"]
    assert costs["bytes_on_disk"] == 300
    assert use_costs(tagger, Corpus.encode([], []).sentences, tmp_path)["p50_ms"] is None


def test_they_are_in_the_rows_of_kept_models_and_null_for_others(tmp_path):
    command = ("run", "--models", "baseline", "--data", "tutorial", "--format", "json", "-q", "--out")
    (other,) = json.loads(called(*command, tmp_path / "a").stdout)["rows"]
    assert [other[name] for name in USE] == [None] * 4
    (kept,) = json.loads(called(*command, tmp_path / "b", "--keep", "best").stdout)["rows"]
    assert kept["cold_start_seconds"] is None
    assert 0 < kept["p50_ms"] <= kept["p95_ms"]
    (model,) = (tmp_path / "b/models").iterdir()
    sizes = [file["bytes"] for file in json.loads((model / "model.json").read_text())["files"]]
    assert kept["bytes_on_disk"] == pytest.approx(sum(sizes))


def test_cold_starts_are_measured_where_that_is_wanted_and_the_wide_table_shows_all_costs_of_use(tmp_path):
    command = ("run", "--models", "baseline", "--data", "tutorial", "-q", "--keep", "best", "--out", tmp_path / "run")
    unmeasured = called(*command, "--wide").stdout
    titles, cells = table_of(unmeasured)
    assert titles[-4:] == ["p50 ms", "p95 ms", "cold s", "on disk"]
    assert cells[-2] == "-"
    (row,) = json.loads(called(*command, "--cold-start", "--format", "json").stdout)["rows"]
    assert 0 < row["cold_start_seconds"] < 60
    titles, cells = table_of(called("show", tmp_path / "run", "--wide").stdout)
    assert cells[titles.index("cold s")] == f"{row['cold_start_seconds']:.1f}"
    assert "- without --cold-start" in called("show", tmp_path / "run", "--wide", "--legend").stdout
    assert "cold s" in called("show", tmp_path / "run").stdout  # named where there is no room
    verified = called("verify", tmp_path / "run")
    assert verified.returncode == 0, verified.stdout


def table_of(text):
    """The titles and the cells of the only row of a wide table."""
    titles, _, cells = text.split("\n")[2:5]
    return re.split(r" {2,}", titles.strip()), re.split(r" {2,}", cells.strip())


def test_without_a_kept_model_there_is_no_cold_start_to_measure(tmp_path):
    done = called("run", "--models", "baseline", "--data", "tutorial", "--cold-start", "--out", tmp_path)
    assert (done.returncode, "add --keep best" in done.stderr) == (2, True)
