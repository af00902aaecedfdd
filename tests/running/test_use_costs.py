"""Costs of use of models that are kept: counted, timed, and in the rows of results."""

import json

import pytest
from program import called

from seqbench import Corpus
from seqbench.running.use_costs import use_costs


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
    assert (other["p50_ms"], other["p95_ms"], other["bytes_on_disk"]) == (None, None, None)
    (kept,) = json.loads(called(*command, tmp_path / "b", "--keep", "best").stdout)["rows"]
    assert 0 < kept["p50_ms"] <= kept["p95_ms"]
    (model,) = (tmp_path / "b/models").iterdir()
    sizes = [file["bytes"] for file in json.loads((model / "model.json").read_text())["files"]]
    assert kept["bytes_on_disk"] == pytest.approx(sum(sizes))
