"""The core's scores, against counting by hand."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import outcome_of

from seqbench.contracts.metric import Countable
from seqbench.scoring.core_scores import BY_NAME, CORE_SCORES
from seqbench.scoring.scored_trial import core_scores as scores
from seqbench_plugins.metrics.accuracy_without_o import accuracy_without_o


@given(st.data())
def test_scores_equal_counting_by_hand(data):
    lengths = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    size = sum(lengths)
    ids = st.lists(st.integers(0, 2), min_size=size, max_size=size)
    gold, predicted = data.draw(ids), data.draw(ids)
    known = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    scored = scores(outcome_of(gold, predicted, lengths, known=known))
    right = [g == p for g, p in zip(gold, predicted, strict=True)]
    assert scored["accuracy"] == pytest.approx(sum(right) / size)
    assert (scored["correct"], scored["tokens"]) == (sum(right), size)
    among = [r for r, k in zip(right, known, strict=True) if k]
    assert scored["accuracy_known"] == (pytest.approx(sum(among) / len(among)) if among else None)
    ends = np.cumsum([0, *lengths])
    whole = [all(right[a:b]) for a, b in pairwise(ends)]
    assert scored["sentence_accuracy"] == pytest.approx(np.mean(whole))
    f1 = []
    for tag in sorted({*gold, *predicted}):
        hits = sum(g == p == tag for g, p in zip(gold, predicted, strict=True))
        f1.append(2 * hits / (gold.count(tag) + predicted.count(tag)))
    assert scored["macro_f1"] == pytest.approx(np.mean(f1))
    assert [tag["f1"] for tag in scored["per_tag"]] == pytest.approx(f1)


def test_a_tag_that_only_the_test_set_has_stays_in_the_score_as_always_wrong():
    scored = scores(outcome_of([2, 0], [0, 0]))
    assert scored["accuracy"] == 0.5
    assert {tag["tag"]: tag["f1"] for tag in scored["per_tag"]} == {"A": pytest.approx(2 / 3), "C": 0.0}


def test_an_empty_sentence_has_no_wrong_tag():
    assert scores(outcome_of([0, 1], [0, 0], [1, 0, 1]))["sentence_accuracy"] == pytest.approx(2 / 3)


class RightTokens:
    """Accuracy as a metric that can be recounted."""

    def __call__(self, outcome):
        return float(self.score(self.counts(outcome).sum(0)))

    def counts(self, outcome):
        right = (outcome.gold == outcome.predicted).astype(np.int64)
        return np.stack([np.add.reduceat(right, outcome.offsets[:-1]), np.diff(outcome.offsets)], axis=1)

    def score(self, sums):
        return sums[..., 0] / sums[..., 1]


def test_a_metric_with_counts_and_a_score_is_countable_and_a_plain_function_is_not():
    metric, outcome = RightTokens(), outcome_of([0, 1, 2], [0, 1, 1], [2, 1])
    assert isinstance(metric, Countable)
    assert not isinstance(accuracy_without_o, Countable)
    assert metric.counts(outcome).tolist() == [[2, 2], [0, 1]]
    assert metric(outcome) == scores(outcome)["accuracy"]


def test_every_score_has_a_name_a_title_and_a_formula_of_its_own():
    for part in ("name", "title", "formula"):
        assert len({getattr(score, part) for score in CORE_SCORES}) == len(CORE_SCORES)
    assert list(BY_NAME.values()) == list(CORE_SCORES)


def test_without_a_training_set_no_score_tells_words_apart():
    scored = scores(replace(outcome_of([0, 1], [0, 0]), learned=0))
    apart = {name for name in BY_NAME if scored[name] is None}
    assert apart == {"accuracy_known", "accuracy_unknown", "accuracy_ambiguous", "accuracy_new_sentences"}
