"""Trials as plain data."""

from dataclasses import asdict

import pytest

from seqbench.contracts.trial import DatasetReference, TrialRequest, TrialResult

REQUEST = TrialRequest(
    "0123456789ab", {"seed": 3}, "big", "lstm(hidden_dim=256)", 3, DatasetReference("news", "n", "f")
)


def test_a_trial_is_called_by_its_label_dataset_and_seed():
    assert REQUEST.name == "big on news, seed 3"


def test_a_request_is_plain_data_and_cannot_be_changed():
    plain = asdict(REQUEST)
    assert TrialRequest(**{**plain, "dataset": DatasetReference(**plain["dataset"])}) == REQUEST
    with pytest.raises(AttributeError):
        REQUEST.seed = 4


def test_a_result_without_predictions_has_no_scores():
    result = TrialResult()
    assert (result.predicted, result.failure, dict(result.scores), dict(result.metrics)) == (None, None, {}, {})
