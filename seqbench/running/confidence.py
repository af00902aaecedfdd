"""How sure a tagger is of its answers: of all its probabilities the three numbers a token that calibration needs."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.tagger import Probabilistic
from seqbench.data.corpus import Corpus, Ids
from seqbench.errors import PredictionError

Certainty: TypeAlias = NDArray[np.float32]
"""(3, tokens): the probability of the predicted tag, that of the gold tag, and the sum of the squares of all."""

_TOKENS_AT_ONCE = 100_000
_SUM = 1e-2
"""How far from 1 the probabilities of a token may add up."""


def certainty(tagger: Probabilistic, test: Corpus, predicted: Ids, tags: int) -> Certainty:
    """Asks for probabilities of whole sentences, some at a time; `PredictionError` for what are none."""
    ends = test.sentences.offsets
    parts = [np.zeros((3, 0), np.float32)]
    start = 0
    while start < len(test):
        most = int(np.searchsorted(ends, ends[start] + _TOKENS_AT_ONCE, side="right")) - 1
        stop = max(start + 1, most)
        place = slice(int(ends[start]), int(ends[stop]))
        given = np.asarray(tagger.predict_proba(test.sentences[start:stop]))
        _check(given, place.stop - place.start, tags)
        parts.append(_of(given, test.tags.ids[place], predicted[place]))
        start = stop
    return np.concatenate(parts, axis=1)


def _check(given: NDArray[np.float32], tokens: int, tags: int) -> None:
    if given.shape != (tokens, tags):
        raise PredictionError(f"predict_proba gave {given.shape}, expected {(tokens, tags)}: tokens and tags of train")
    sums = given.sum(1)
    if not (given >= -_SUM).all() or not (np.abs(sums - 1) <= _SUM).all():  # not a number is neither
        raise PredictionError("predict_proba gave rows that are no probabilities: none negative, their sum 1")


def _of(given: NDArray[np.float32], gold: Ids, predicted: Ids) -> Certainty:
    """A gold tag that train does not have is held for impossible."""
    rows = np.arange(len(given))
    of_gold = np.where(gold < given.shape[1], given[rows, np.minimum(gold, given.shape[1] - 1)], 0)
    found = np.stack([given[rows, predicted], of_gold, np.square(given, dtype=np.float64).sum(1)])
    certain: Certainty = np.clip(found, 0, 1).astype(np.float32)
    return certain
