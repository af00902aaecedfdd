"""runtime="onnx" as a contender: trained as its parent is, kept, loaded, and compared with it."""

import json
from dataclasses import replace

import numpy as np
import pytest
from exported import TINY, corpus
from kept import kept, loaded
from program import called

from seqbench import Conditions, UsageError, make
from seqbench.neural import onnx_session

SPEC = f"gru({TINY}, hidden_dim=8"


def test_it_is_a_row_of_the_table_that_is_tested_against_its_parent(tmp_path):
    models = f"parent={SPEC}),fast={SPEC}, runtime='onnx')"
    done = called("run", "--models", models, "--data", "tutorial", "--out", tmp_path, "--format", "json", "-q")
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)
    parent, fast = content["rows"]
    assert "runtime='onnx'" in fast["spec"]
    assert fast["accuracy"]["per_seed"] == parent["accuracy"]["per_seed"]
    assert {(pair["a"], pair["b"]) for pair in content["comparisons"]} == {("parent", "fast")}


@pytest.mark.slow
def test_it_is_kept_and_loaded_with_the_same_answers(tmp_path, monkeypatch):
    counted = []
    scores = onnx_session.Session.scores
    monkeypatch.setattr(onnx_session.Session, "scores", lambda self, batch: counted.append(1) or scores(self, batch))
    folder = kept(f"{SPEC}, runtime='onnx')", tmp_path / "model")
    model, before = loaded(folder), len(counted)
    words = [["The", "dog", "zorp"], ["read"]]
    answers = model.predict_proba(words)
    assert len(counted) > before
    np.testing.assert_allclose(answers, loaded(folder).predict_proba(words))
    assert not np.array_equal(model.tagger.reduced("int8").predict_proba(model.encoder.encode(words)), answers)


def test_another_device_is_refused():
    tagger = make(f"{SPEC})")
    tagger.fit(corpus(), Conditions())
    network = replace(tagger._fitted, device="cuda")
    tagger.runtime = "onnx"
    with pytest.raises(UsageError, match="runtime='onnx' computes on the CPU, not on cuda; choose --device cpu"):
        tagger.running(network)
