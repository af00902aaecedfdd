"""Damaged model folders: refused with one sentence, and none of them is executed.

`benchmarks/reliability/damaged_models.py` does the same for a hundred thousand.
"""

import json
import os
from itertools import islice
from random import Random

import pytest
from damage import MARK, damaged, other_record, other_values
from kept import kept

from seqbench import SeqbenchError
from seqbench.registry.discovery import Registry
from seqbench.serving.kept_model import load_model

SPECS = ["baseline", "hmm", "hmm(lexicalized=True)", "lstm-tutorial(epochs=2)"]


def test_damaged_models_are_refused_with_one_sentence(tmp_path):
    registry = Registry.discover()
    good = [kept(spec, tmp_path / f"good{number}") for number, spec in enumerate(SPECS)]
    for folder, said in islice(damaged(good, tmp_path / "damaged", Random(0)), 150):
        refused = refusal(folder, registry)
        assert refused.count("\n") == 0, said
        assert str(folder) in refused, said
    assert MARK not in os.environ


def test_a_value_that_is_changed_is_another_one(tmp_path):
    good = kept("hmm", tmp_path / "good")
    files = [good / "model.json", *(path for path in good.rglob("*.json") if path.name != "model.json")]
    whole = {path: json.loads(path.read_text()) for path in files}
    for seed in range(100):
        for damage in (other_record, other_values):
            damage(good, Random(seed))
            now = {path: json.loads(path.read_text()) for path in files}
            assert now != whole
            for path, content in whole.items():
                path.write_text(json.dumps(content))


def refusal(folder, registry):
    with pytest.raises(SeqbenchError) as refused:
        load_model(folder, registry)
    return str(refused.value)
