"""One model trained and kept: in a folder that holds nothing else, or not at all."""

import pytest
from kept import kept, loaded

from seqbench import StoreError, UsageError


def test_a_model_may_replace_a_model_and_nothing_else(tmp_path):
    kept("majority", tmp_path / "model")
    kept("baseline", tmp_path / "model")
    assert loaded(tmp_path / "model").record.spec == "baseline"
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(StoreError, match="is there and is no model; choose another --out"):
        kept("baseline", tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"


def test_several_models_are_refused(tmp_path):
    with pytest.raises(UsageError, match="train makes one model on one dataset, not 2"):
        kept("baseline,majority", tmp_path / "model")


def test_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(StoreError, match="loss became"):
        kept("lstm-tutorial(learning_rate=3e38, epochs=3)", tmp_path / "model")
    assert list(tmp_path.iterdir()) == []
