"""The ladder of a model: accuracies, what fewer bits lose, and the interval of it."""

import json
from dataclasses import replace

import numpy as np
import pytest
from kept import SMALL, kept, loaded
from program import called

import seqbench
from seqbench import Corpus, DataError
from seqbench.registry.discovery import Registry
from seqbench.reporting.cost_table import Ladder, cost_table, ladder_of
from seqbench.reporting.table import rendered
from seqbench.serving import variant_costs
from seqbench.serving.variant_costs import Rung

TEST = Corpus.encode([["a"] * 4, ["b"] * 6], [["X"] * 4, ["Y"] * 6])


def rung(weights, right, **costs):
    usual = {"differing": 0, "p50_ms": 1.25, "p95_ms": 2.5, "tokens_per_second": 1e5, "bytes_on_disk": 12345}
    return Rung(weights=weights, right=np.array(right), **{**usual, "cold_start_seconds": 3.0, **costs})


@pytest.fixture
def measured(tmp_path):
    model = loaded(kept("majority", tmp_path / "model"))
    rungs = [rung("float32", [4, 5]), rung("int8", [2, 5], differing=2, cold_start_seconds=None)]
    return Ladder(model=model, dataset="small", test=TEST, rungs=rungs)


def test_what_is_lost_is_counted_in_tokens_over_drawn_sentences(measured):
    first, second = measured.as_json()
    assert (first["accuracy"], first["lost"], first["lost_ci95"]) == (0.9, 0.0, (0.0, 0.0))
    assert (second["accuracy"], second["lost"]) == (0.7, 0.2)
    assert second["lost_ci95"] == (0.0, 0.5)  # either sentence may be drawn twice


def test_the_table_has_a_row_for_each_type(measured):
    text = rendered(cost_table(measured), "markdown")
    assert "| int8" in text
    assert "+20.00 |" in text
    assert "+0.00 to +50.00" in text
    assert "12,345" in text


def test_a_note_tells_why_there_is_no_row_for_onnx(measured):
    text = rendered(cost_table(replace(measured, notes=["no row for ONNX: it is not installed"])), "markdown")
    assert "no row for ONNX: it is not installed" in text


def test_the_data_of_the_training_are_tested_on_unless_others_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(variant_costs, "cold_start_seconds", lambda _folder: None)
    monkeypatch.setattr(variant_costs, "_cold_start_of_file", lambda _folder: None)
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\n\n" * 20)
    folder = kept(f"lstm({SMALL})", tmp_path / "model", str(tmp_path / "small.tsv"))
    assert [row["weights"] for row in seqbench.costs(folder)] == ["float32", "bfloat16", "int8", "onnx"]
    assert ladder_of(loaded(folder), "tutorial", Registry.discover()).dataset == "tutorial"
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\n\n" * 21)
    with pytest.raises(DataError, match="'small' is not what the model was trained on any more; name data with --data"):
        seqbench.costs(folder)
    (tmp_path / "small.tsv").unlink()
    with pytest.raises(DataError, match="cannot be read again: .*; name data with --data"):
        seqbench.costs(folder)


def test_why_there_is_no_row_for_onnx_is_a_warning_in_python(tmp_path, monkeypatch):
    monkeypatch.setattr(variant_costs, "cold_start_seconds", lambda _folder: None)
    monkeypatch.setattr("seqbench.neural.onnx_session.find_spec", lambda _name: None)
    folder = kept(f"lstm({SMALL})", tmp_path / "model")
    with pytest.warns(UserWarning, match="no row for ONNX: model 'lstm"):
        assert [row["weights"] for row in seqbench.costs(folder)] == ["float32", "bfloat16", "int8"]
    done = called("costs", folder, "--format", "json")
    assert (len(json.loads(done.stdout)), "note: no row for ONNX: model 'lstm" in done.stderr) == (3, True)
