"""Arrays of strangers: their names, types, shapes and ranges must be those that the records tell of."""

import numpy as np
import pytest

from seqbench.errors import StoreError
from seqbench.results.array_check import checked_dataset, checked_predictions, checked_trial
from seqbench.results.records import DatasetRecord, Sizes

RECORD = DatasetRecord(
    name="d", fingerprint="f", source="", tags=("A", "B"), learned_tags=2, splits={"test": Sizes(sentences=2, tokens=3)}
)
DATASET = {
    "gold": np.array([0, 1, 1]), "sentence_offsets": np.array([0, 1, 3]), "document_starts": np.array([0]),
    "known": np.ones(3, bool), "ambiguous": np.zeros(3, bool), "repeated": np.zeros(2, bool),
}  # fmt: skip
TRIAL = {"predicted": np.array([0, 1, 1]), "confusion": np.eye(2, dtype=int), "certainty": np.full((3, 3), 0.5)}


def test_arrays_that_fit_come_back():
    assert checked_dataset(DATASET, RECORD) == DATASET
    assert checked_trial(TRIAL, (), "x") == checked_predictions(TRIAL, RECORD, "x") == TRIAL


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("gold", np.array([0, 1, 2])), ("gold", np.array([0, 1])), ("gold", np.array([0, -1, 1])),
        ("gold", np.zeros(3)),
        ("sentence_offsets", np.array([0, 3])), ("sentence_offsets", np.array([1, 1, 3])),
        ("sentence_offsets", np.array([0, 4, 3])), ("document_starts", np.array(3)),
        ("document_starts", np.array([1, 0])), ("document_starts", np.array([9])), ("known", np.ones(3)),
        ("ambiguous", np.ones((3, 1), bool)), ("repeated", np.ones(3, bool)), ("repeated", np.bool_(1)),
    ],
)  # fmt: skip
def test_an_array_of_a_dataset_that_does_not_fit_is_named(name, array):
    with pytest.raises(StoreError, match=f"arrays of dataset 'd' cannot be used: '{name}' does not fit"):
        checked_dataset({**DATASET, name: array}, RECORD)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("predicted", np.zeros((3, 1), int)), ("predicted", np.array(["x"])), ("predicted", np.array([-1])),
        ("confusion", np.zeros((2, 3), int)), ("certainty", np.full((3, 3), np.nan)), ("certainty", np.ones((2, 3))),
    ],
)  # fmt: skip
def test_an_array_of_a_trial_that_does_not_fit_is_named(name, array):
    with pytest.raises(StoreError, match=f"'x.npz' cannot be used: '{name}' does not fit"):
        checked_trial({**TRIAL, name: array}, (), "x")


@pytest.mark.parametrize(
    ("name", "array"),
    [("predicted", np.array([0])), ("predicted", np.array([0, 1, 2])), ("certainty", np.ones((3, 2)))],
)
def test_predictions_of_another_dataset_are_named(name, array):
    with pytest.raises(StoreError, match=f"a cannot be used: '{name}' does not fit"):
        checked_predictions({**TRIAL, name: array}, RECORD, "a")


def test_an_array_that_is_missing_is_named():
    with pytest.raises(StoreError, match="'gold' is not there"):
        checked_dataset({}, RECORD)
    with pytest.raises(StoreError, match="'predicted' is not there"):
        checked_trial({}, ("predicted", "certainty"), "x")
