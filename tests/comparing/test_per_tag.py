"""Models compared tag by tag: many tests at once, corrected for how many there are."""

import numpy as np
import pytest
from compared_runs import examined, store_of
from model_predictions import answering
from samples import dataset
from sklearn.metrics import f1_score

from seqbench.comparing.per_tag import scan
from seqbench.comparing.statistics.corrections import benjamini_hochberg
from seqbench.results.model_names import ModelKey


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    results, (measured,) = examined([store_of(tmp_path_factory.mktemp("run"), "wrong", "constant(tag='A')")])
    return results, measured.predictions, scan(measured.predictions)


def test_each_tag_has_a_test_for_each_pair_and_the_tag_that_differs_is_found(run):
    results, predictions, tests = run
    by_tag = {test.tag: test for test in tests}
    assert set(by_tag) == {"A", "B"}
    of_wrong = {scores.tag: scores.f1 for scores in results.rows[0].trials[0].per_tag}
    assert by_tag["B"].difference == pytest.approx(of_wrong["B"])  # the other never says B
    assert (by_tag["B"].a, by_tag["B"].b) == tuple(predictions.keys)


def test_p_is_adjusted_over_all_tests_of_the_scan(run):
    _, _, tests = run
    assert [test.p_adjusted for test in tests] == pytest.approx(benjamini_hochberg([test.p for test in tests]))
    assert all(test.p <= test.p_adjusted for test in tests)


def test_differences_are_those_of_f1_and_the_better_model_comes_first():
    predictions = answering(dataset(), "DET NN V NN NN NN", "DET V V NN V NN")
    gold = predictions.reference.gold
    for test in scan(predictions):
        tag = [predictions.tags.index(test.tag)]
        scores = {m.key: f1_score(gold, m.ids[0], labels=tag, average="macro") for m in predictions.models}
        assert test.difference == pytest.approx(scores[test.a] - scores[test.b])


def test_only_tags_that_occur_are_tested_and_only_pairs_that_are_asked_for():
    predictions = answering(dataset(), "NN NN NN NN NN NN", "V V V V V V", "NN NN NN NN NN V")
    assert {test.tag for test in scan(predictions)} == {"DET", "NN", "V"}  # all are in gold
    against = predictions.keys[1]
    pairs = {frozenset((test.a, test.b)) for test in scan(predictions, against)}
    assert pairs == {frozenset((against, other)) for other in (predictions.keys[0], predictions.keys[2])}
    assert scan(predictions, ModelKey("nowhere", "nobody")) == []


def test_one_model_alone_is_no_scan():
    assert scan(answering(dataset(), "NN NN NN NN NN NN")) == []


def test_p_of_a_tag_equals_that_of_exchanging_sentences_by_hand():
    """Two sentences can be exchanged in four ways; the F1 of V differs as much in those that exchange both or none."""
    predictions = answering(dataset(), "DET NN V NN V NN", "DET NN NN NN NN NN")
    (of_verbs,) = [test for test in scan(predictions) if test.tag == "V"]
    assert of_verbs.difference == 1.0
    assert of_verbs.p == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / 10_000))
