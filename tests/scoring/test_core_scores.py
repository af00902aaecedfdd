"""Scores, against counting by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import dataset

from seqbench.contracts.metric import Countable, Outcome
from seqbench.data.corpus import offsets_of
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import core_scores as scores
from seqbench.scoring.tag_scores import confusion
from seqbench_plugins.metrics.accuracy_without_o import accuracy_without_o


def outcome(gold, predicted, lengths=None, tags=("A", "B", "C"), known=None):
    size = len(gold)
    flags = np.ones(size, bool) if known is None else np.array(known)
    offsets = offsets_of(lengths or [size])
    return Outcome(tags, len(tags), np.array(gold, np.int32), np.array(predicted, np.int32), offsets, flags, ~flags)


def test_known_and_ambiguous_look_at_the_cased_forms_of_train():
    reference = Reference.of(dataset())  # The cat ate that | book it
    assert reference.known.tolist() == [True, False, True, True, True, True]
    assert reference.ambiguous.tolist() == [False, False, False, False, True, False]


@given(st.data())
def test_scores_equal_counting_by_hand(data):
    lengths = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    size = sum(lengths)
    ids = st.lists(st.integers(0, 2), min_size=size, max_size=size)
    gold, predicted = data.draw(ids), data.draw(ids)
    known = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    found = scores(outcome(gold, predicted, lengths, known=known))
    right = [g == p for g, p in zip(gold, predicted, strict=True)]
    assert found["accuracy"] == pytest.approx(sum(right) / size)
    assert (found["correct"], found["tokens"]) == (sum(right), size)
    among = [r for r, k in zip(right, known, strict=True) if k]
    assert found["accuracy_known"] == (pytest.approx(sum(among) / len(among)) if among else None)
    ends = np.cumsum([0, *lengths])
    whole = [all(right[a:b]) for a, b in pairwise(ends)]
    assert found["sentence_accuracy"] == pytest.approx(np.mean(whole))
    f1 = []
    for tag in sorted({*gold, *predicted}):
        hits = sum(g == p == tag for g, p in zip(gold, predicted, strict=True))
        f1.append(2 * hits / (gold.count(tag) + predicted.count(tag)))
    assert found["macro_f1"] == pytest.approx(np.mean(f1))
    assert [scored["f1"] for scored in found["per_tag"]] == pytest.approx(f1)


def test_confusion_counts_gold_in_rows_over_all_tags():
    matrix = confusion(outcome([0, 0, 1], [0, 1, 1]))
    assert matrix.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_one_tag_alone_has_a_confusion_of_one_number():
    assert confusion(outcome([0, 0], [0, 0], tags=("A",))).tolist() == [[2]]


def test_a_tag_that_only_the_test_set_has_stays_in_the_score_as_always_wrong():
    found = scores(outcome([2, 0], [0, 0]))
    assert found["accuracy"] == 0.5
    assert {s["tag"]: s["f1"] for s in found["per_tag"]} == {"A": pytest.approx(2 / 3), "C": 0.0}


def test_an_empty_sentence_has_no_wrong_tag():
    assert scores(outcome([0, 1], [0, 0], [1, 0, 1]))["sentence_accuracy"] == pytest.approx(2 / 3)


def test_accuracy_without_o_counts_only_where_gold_is_not_o():
    tags = ("O", "B-X", "I-X")
    assert accuracy_without_o(outcome([0, 1, 2, 1], [1, 1, 1, 1], tags=tags)) == pytest.approx(2 / 3)


def test_accuracy_without_o_does_not_apply_to_tags_that_are_no_spans():
    assert accuracy_without_o(outcome([0], [0], tags=("O", "NOUN"))) is None
    assert accuracy_without_o(outcome([0], [0], tags=("O", "B-X"))) is None


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
    metric, found = RightTokens(), outcome([0, 1, 2], [0, 1, 1], [2, 1])
    assert isinstance(metric, Countable)
    assert not isinstance(accuracy_without_o, Countable)
    assert metric.counts(found).tolist() == [[2, 2], [0, 1]]
    assert metric(found) == scores(found)["accuracy"]
