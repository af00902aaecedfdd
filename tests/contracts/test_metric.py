"""What a metric may look at."""

import numpy as np

from seqbench import Countable, Outcome


def outcome():
    flags = np.zeros(3, bool)
    ids = np.array([0, 1, 1], np.int32)
    return Outcome(
        tags=("A", "B"),
        learned=2,
        gold=ids,
        predicted=ids,
        offsets=np.array([0, 2, 3]),
        known=flags,
        ambiguous=flags,
    )


class Length:
    """Sentences have two tokens on average, counted sentence by sentence."""

    def __call__(self, outcome):
        return float(self.score(self.counts(outcome).sum(0)))

    def counts(self, outcome):
        return np.stack([np.diff(outcome.offsets), np.ones(len(outcome.offsets) - 1, int)], 1)

    def score(self, sums):
        return sums[..., 0] / sums[..., 1]


def test_an_outcome_without_repeated_sentences_says_so_by_an_empty_array():
    assert outcome().repeated.tolist() == []
    assert outcome().repeated.dtype == bool


def test_a_metric_of_counts_is_recognised_by_its_methods():
    assert isinstance(Length(), Countable)
    assert not isinstance(lambda outcome: 1.0, Countable)
    assert Length()(outcome()) == 1.5
