"""Certainty of a tagger: of all its probabilities the three numbers a token that calibration needs."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.tagger import Probabilistic
from seqbench.data.corpus import Corpus, Ids
from seqbench.errors import PredictionError

Certainty: TypeAlias = NDArray[np.float32]
"""(3, tokens): the probability of the predicted tag, that of the gold tag, and the sum of the squares of all."""

_TOKENS_AT_ONCE, _NUMBERS_AT_ONCE = 100_000, 50_000_000
_SUM = 1e-2
"""How far from 1 the probabilities of a token may add up."""


def certainty(tagger: Probabilistic, test: Corpus, predicted: Ids, tags: int) -> Certainty:
    """Certainty of a tagger, which is asked for whole sentences, some at a time.

    Raises `PredictionError` if its answers are no probabilities.
    """
    ends = test.sentences.offsets
    parts = [np.zeros((3, 0), np.float32)]
    start, tokens_at_once = 0, max(1, min(_TOKENS_AT_ONCE, _NUMBERS_AT_ONCE // max(1, tags)))
    while start < len(test):
        most = int(np.searchsorted(ends, ends[start] + tokens_at_once, side="right")) - 1
        stop = max(start + 1, most)
        tokens = slice(int(ends[start]), int(ends[stop]))
        probabilities = np.asarray(tagger.predict_proba(test.sentences[start:stop]))
        _check(probabilities, tokens.stop - tokens.start, tags)
        parts.append(_certainty(probabilities, test.tags.ids[tokens], predicted[tokens]))
        start = stop
    return np.concatenate(parts, axis=1)


def _check(probabilities: NDArray[np.float32], tokens: int, tags: int) -> None:
    shape = probabilities.shape
    if shape != (tokens, tags):
        raise PredictionError(f"predict_proba gave {shape}, expected {(tokens, tags)}: tokens and tags of train")
    sums = probabilities.sum(1)
    if not (probabilities >= -_SUM).all() or not (np.abs(sums - 1) <= _SUM).all():  # not a number is neither
        raise PredictionError("predict_proba gave rows that are no probabilities: none negative, their sum 1")


def _certainty(probabilities: NDArray[np.float32], gold: Ids, predicted: Ids) -> Certainty:
    """Certainty from probabilities (tokens, tags); a gold tag that train does not have is held for impossible."""
    rows, tags = np.arange(len(probabilities)), probabilities.shape[1]
    of_gold = np.where(gold < tags, probabilities[rows, np.minimum(gold, tags - 1)], 0)
    squares = np.square(probabilities, dtype=np.float64).sum(1)
    certain: Certainty = np.clip(np.stack([probabilities[rows, predicted], of_gold, squares]), 0, 1).astype(np.float32)
    return certain
