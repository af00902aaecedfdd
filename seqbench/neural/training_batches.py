"""The batches of one epoch: shuffled sentences with their tags, words hidden at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqbench.data.corpus import Ids
from seqbench.neural.batch import Batch
from seqbench.neural.batches_by_length import Encoded, grouped
from seqbench.neural.loss import IGNORED


@dataclass(frozen=True, eq=False, kw_only=True)
class TrainingBatches:
    """Sentences with the `gold` of their corpus, in batches of at most `size` tokens.

    `gold` are tag ids (tokens,), or probabilities of the tags (tokens, tags), of which there are none in the padding.
    `hidden` (words,) are probabilities of taking a word for an unknown one; `random` draws an order for each pass.
    """

    encoded: Encoded
    gold: Ids | NDArray[np.float32]
    size: int
    hidden: Tensor | None
    random: np.random.Generator

    @property
    def count(self) -> int:
        """The number of batches in a pass."""
        return len(grouped(self.encoded.lengths, self.size))

    def __call__(self) -> Iterator[tuple[Batch, Tensor]]:
        """One pass: each batch with its tags (batch, time), `IGNORED` in the padding, or probabilities, 0 there."""
        groups = grouped(self.encoded.lengths, self.size, self.random.permutation(len(self.encoded.lengths)))
        for number in self.random.permutation(len(groups)):
            places, mask = self.encoded.places(groups[number])
            batch = self.encoded.batch(groups[number], self.hidden)
            yield batch, torch.from_numpy(self._targets(places, mask)).to(batch.words.device)

    def _targets(self, places: NDArray[np.int64], mask: NDArray[np.bool_]) -> NDArray[np.int64] | NDArray[np.float32]:
        """Right answers at these tokens: (batch, time), or (batch, time, tags)."""
        if self.gold.ndim == 1:
            return np.where(mask, self.gold[places].astype(np.int64), IGNORED)
        return self.gold[places].astype(np.float32) * mask[..., None]


def rarity(counts: np.ndarray[tuple[int], np.dtype[np.int64]], strength: float) -> Tensor:
    """How probably a word seen n times is hidden: strength / (strength + n) (Kiperwasser and Goldberg 2016)."""
    return torch.from_numpy(strength / (strength + np.maximum(counts, 1))).float()
