"""A trial with the scores of its predictions."""

import numpy as np
import pytest
from runs import registry_of
from samples import dataset

from seqbench.contracts.trial import Failure, TrialResult
from seqbench.scoring.core_scores import BY_NAME
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored

NOUNS = np.full(6, 1, np.int32)  # of "The cat ate that" and "book it" cat, that and it are nouns


def test_predictions_are_scored_and_all_else_stays():
    registry = registry_of(metrics={"half": lambda outcome: 0.5})
    result = TrialResult(predicted=NOUNS, notes=("said",), timings={"fit_seconds": 1.0})
    complete = scored(result, Reference.of(dataset()), registry)
    assert complete.scores["accuracy"] == pytest.approx(3 / 6)
    assert (complete.scores["tokens"], complete.scores["correct"]) == (6, 3)
    assert set(complete.scores) == {*BY_NAME, "tokens", "correct", "per_tag"}
    assert complete.metrics == {"half": 0.5}
    assert (complete.notes[0], complete.timings) == ("said", {"fit_seconds": 1.0})


def test_one_tag_for_all_tokens_is_noted():
    complete = scored(TrialResult(predicted=NOUNS), Reference.of(dataset()), registry_of())
    assert complete.notes == ("all test tokens get one tag, 'NN' (in one trial or more)",)
    several = NOUNS.copy()
    several[0] = 0
    assert scored(TrialResult(predicted=several), Reference.of(dataset()), registry_of()).notes == ()


def test_scores_of_each_tag_are_plain_numbers():
    per_tag = scored(TrialResult(predicted=NOUNS), Reference.of(dataset()), registry_of()).scores["per_tag"]
    assert per_tag[1] == {"tag": "NN", "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3), "support": 3}
    assert [tag["tag"] for tag in per_tag] == ["DET", "NN", "V"]
    assert all(type(value) in (str, int, float) for tag in per_tag for value in tag.values())


def test_a_failure_stays_as_it_is():
    failed = TrialResult(failure=Failure("p", None, "out of luck", ""))
    assert scored(failed, Reference.of(dataset()), registry_of()) is failed
