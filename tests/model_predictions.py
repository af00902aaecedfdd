"""Predictions of models for a small test set, made in memory."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import ModelPredictions, Predictions
from seqbench.results.records import DatasetSummary
from seqbench.scoring.reference import Reference

TAGS = ("A", "B", "C")
KEY = {name: ModelKey("run", name) for name in ("m", "m0", "m1", "m2", "first", "second", "good", "bad")}


def one_sentence(gold, **predicted):
    """Predictions for one sentence of tag ids, with those of each seed of each model."""
    size = len(gold)
    reference = Reference(
        tags=TAGS,
        learned=3,
        gold=np.array(gold),
        offsets=np.array([0, size]),
        known=np.ones(size, bool),
        ambiguous=np.zeros(size, bool),
    )
    return predictions_of(reference, {n: np.array(seeds, np.int32).reshape(-1, size) for n, seeds in predicted.items()})


def predictions_of(reference, arrays):
    models = [ModelPredictions(key=KEY[name], seeds=range(len(ids)), ids=ids) for name, ids in arrays.items()]
    summary = DatasetSummary(name="data", fingerprint="f")
    return Predictions(dataset=summary, reference=reference, documents=np.zeros(0, np.int64), models=models)


def answering(data, *predicted):
    reference = Reference.of(data)
    ids = {tag: i for i, tag in enumerate(reference.tags)}
    models = {f"m{i}": np.array([[ids[t] for t in tags.split()]], np.int32) for i, tags in enumerate(predicted)}
    return predictions_of(reference, models)


@st.composite
def drawn_predictions(draw):
    size = draw(st.integers(1, 12))
    row = st.lists(st.integers(0, 2), min_size=size, max_size=size)
    seeds = st.lists(row, min_size=1, max_size=3)
    return one_sentence(draw(row), first=draw(seeds), second=draw(seeds))
