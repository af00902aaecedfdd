"""The core's scores recounted from counts per sentence equal those that scikit-learn gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from seqbench.contracts.metric import Outcome
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.metrics_from_counts import TagF1
from seqbench.scoring.scored_trial import core_scores as scores

TAGS = ("A", "B", "C", "D")


@st.composite
def outcomes(draw):
    lengths = draw(st.lists(st.integers(0, 5), min_size=1, max_size=8).filter(any))
    tokens = sum(lengths)
    ids = st.lists(st.integers(0, len(TAGS) - 1), min_size=tokens, max_size=tokens)
    flags = st.lists(st.booleans(), min_size=tokens, max_size=tokens)
    known = np.array(draw(flags))
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    gold, predicted = (np.array(draw(ids), np.int32) for _ in range(2))
    return Outcome(
        tags=TAGS,
        learned=3,
        gold=gold,
        predicted=predicted,
        offsets=offsets,
        known=known,
        ambiguous=known & np.array(draw(flags)),
    )


@given(outcomes())
def test_each_score_equals_that_of_the_table(outcome):
    expected = scores(outcome)
    for score in CORE_SCORES:
        value = expected[score.name]
        assert score.counted(outcome) == (None if value is None else pytest.approx(value))


@given(outcomes())
def test_f1_of_each_tag_equals_scikit_learn_s(outcome):
    metric, labels = TagF1(macro=False), np.arange(len(TAGS))
    expected = f1_score(outcome.gold, outcome.predicted, labels=labels, average=None, zero_division=0)
    assert metric.score(metric.counts(outcome).sum(0).astype(float)) == pytest.approx(expected)


@given(outcomes())
def test_counts_are_those_of_each_sentence_alone(outcome):
    for metric in (score.counted for score in CORE_SCORES):
        counts = metric.counts(outcome)
        for number, (start, stop) in enumerate(zip(outcome.offsets, outcome.offsets[1:], strict=False)):
            arrays = {name: getattr(outcome, name)[start:stop] for name in ("gold", "predicted", "known", "ambiguous")}
            alone = metric.counts(Outcome(tags=TAGS, learned=3, offsets=np.array([0, stop - start]), **arrays))
            if counts is not None and alone is not None:
                assert counts[number].tolist() == alone[0].tolist()
