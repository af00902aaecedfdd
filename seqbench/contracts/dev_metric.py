"""Metrics of dev, which choose epochs and hyperparameters: functions of predictions and gold to a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from seqbench.data.corpus import Ids, Sequences
from seqbench.errors import DataError


class DevMetric(Protocol):
    """Function that a tagger may choose its epoch by: the higher, the better.

    `conditions.metric(self.predict(dev.sentences), dev.tags)` is what a tagger with several states compares.
    """

    @property
    def name(self) -> str:
        """Name of the metric, as `--select` takes it."""
        ...

    def __call__(self, predicted: Sequence[Sequence[str]], gold: Sequences) -> float:
        """Score of predictions (lists of str, or `Sequences`) against the gold tags of dev; -inf if it has none.

        Raises `DataError` if predictions are not one tag a token.
        """
        ...


@dataclass(frozen=True)
class Accuracy:
    """Share of tokens that get their gold tag."""

    name: str = "accuracy"

    def __call__(self, predicted: Sequence[Sequence[str]], gold: Sequences) -> float:
        """See `DevMetric`."""
        return float(np.mean(ids_of(predicted, gold) == gold.ids)) if len(gold.ids) else -np.inf


def ids_of(predicted: Sequence[Sequence[str]], gold: Sequences) -> Ids:
    """Ids (tokens,) of predictions over the tags of gold; a tag that gold has not gets the number behind all others.

    Raises `DataError` if predictions are not one tag a token.
    """
    tags = predicted if isinstance(predicted, Sequences) else Sequences.encode(predicted)
    if len(tags) != len(gold) or (tags.offsets != gold.offsets).any() or len(tags.ids) != len(gold.ids):
        raise DataError(
            f"predictions of dev have {len(tags):,} sentences with {len(tags.ids):,} tags, gold has {len(gold):,} with "
            f"{len(gold.ids):,}: give one tag a token"
        )
    index = {tag: number for number, tag in enumerate(gold.vocabulary)}
    numbers = np.array([index.get(tag, len(index)) for tag in tags.vocabulary], np.int32)
    return numbers[tags.ids] if len(numbers) else np.zeros(0, np.int32)
