"""What a kept model costs in each type of weights, counted and timed."""

import numpy as np
import pytest
from kept import SMALL, kept, loaded

from seqbench import Corpus
from seqbench.serving import variant_costs
from seqbench.serving.variant_costs import ladder

TEST = Corpus.encode(
    [["The", "dog", "ate", "zorp"], [], ["Everybody", "read"]], [["DET", "NN", "V", "NN"], [], ["NN", "V"]]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return kept(f"lstm({SMALL})", tmp_path_factory.mktemp("models") / "lstm")


def test_a_network_has_a_rung_for_each_type_of_its_weights(folder, monkeypatch):
    monkeypatch.setattr(variant_costs, "cold_start_seconds", lambda folder: float(folder.is_dir()))
    monkeypatch.setattr(variant_costs, "_cold_start_of_file", lambda folder: float((folder / "model.onnx").is_file()))
    model, notes = loaded(folder), []
    rungs = list(ladder(model, TEST, notes.append))
    assert [rung.weights for rung in rungs] == ["float32", "bfloat16", "int8", "onnx"]
    assert (rungs[3].differing, rungs[3].cold_start_seconds, notes) == (0, 1.0, [])
    answers = model.predict(list(TEST.sentences))
    right = [sum(a == b for a, b in zip(own, gold, strict=True)) for own, gold in zip(answers, TEST.tags, strict=True)]
    assert rungs[0].right.tolist() == right
    assert rungs[0].differing == 0
    assert rungs[0].bytes_on_disk > rungs[1].bytes_on_disk > rungs[2].bytes_on_disk
    learned = [path for part in ("learned", "vocabulary") for path in (folder / part).rglob("*")]
    assert (
        rungs[0].bytes_on_disk == sum(path.stat().st_size for path in learned) == model.record.timings["bytes_on_disk"]
    )
    assert all(0 < rung.p50_ms <= rung.p95_ms and rung.tokens_per_second > 0 for rung in rungs)


def test_a_model_without_such_types_has_one_rung(tmp_path, monkeypatch):
    monkeypatch.setattr(variant_costs, "cold_start_seconds", lambda _folder: None)
    (rung,) = ladder(loaded(kept("baseline", tmp_path / "baseline")), TEST, pytest.fail)
    assert (rung.weights, rung.cold_start_seconds) == ("as it is", None)


def test_a_network_that_cannot_be_exported_has_no_such_rung_and_a_note(folder, monkeypatch):
    monkeypatch.setattr(variant_costs, "cold_start_seconds", lambda _folder: None)
    monkeypatch.setattr("seqbench.neural.onnx_session.find_spec", lambda _name: None)
    notes = []
    assert [rung.weights for rung in ladder(loaded(folder), TEST, notes.append)] == ["float32", "bfloat16", "int8"]
    (note,) = notes
    assert note.startswith("no row for ONNX: model 'lstm(")
    assert note.endswith("cannot be exported: ONNX needs onnx and onnxruntime: pip install 'seqbench[onnx]'")


@pytest.mark.parametrize("weights", ["bfloat16", "int8"])
def test_a_reduced_model_is_kept_and_loaded_with_the_same_answers(folder, tmp_path, weights):
    reduced = variant_costs._reduced(loaded(folder), weights, tmp_path / "reduced")
    again = loaded(tmp_path / "reduced")
    assert f"weights='{weights}'" in again.record.spec
    words = [list(words) for words in TEST.sentences]
    np.testing.assert_array_equal(again.predict_proba(words), reduced.predict_proba(words))
