"""Which measure a gate takes: that of a score, of one tag, or of a quantity of probabilities."""

import pytest
from compared_runs import CORPUS, GOLD, store_of

from seqbench.comparing.gate_measures import GateMeasure, is_score
from seqbench.results.listing import list_runs
from seqbench.results.predictions import read_predictions


@pytest.mark.parametrize(
    ("metric", "score"), [("accuracy", True), ("span-f1", True), ("f1:NN", False), ("milliseconds", False)]
)
def test_a_score_is_told_from_other_metrics(metric, score):
    assert is_score(metric) == score


def test_scores_are_measured_as_compare_does_and_one_tag_by_its_counts(tmp_path):
    listing = list_runs([store_of(tmp_path / "run", "constant(tag='A')")])
    predictions = read_predictions(listing, listing.datasets[0])
    scores = []
    assert GateMeasure("accuracy", scores.append)(listing, predictions) is None
    assert scores == [predictions]
    of_a_tag = GateMeasure("f1:A", scores.append)(listing, predictions)
    right = sum(tags.count("A") for tags in GOLD)
    assert of_a_tag.metric == "f1:A"
    assert of_a_tag.scores[0] == pytest.approx([2 * right / (right + CORPUS.tokens)])  # F1 with every token called A
    assert GateMeasure("f1:nobody", scores.append)(listing, predictions) is None
    assert GateMeasure("log-loss", scores.append)(listing, predictions) is None  # no probabilities are stored
