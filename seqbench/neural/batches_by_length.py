"""Sentences into batches: of about equal length, which needs little padding, and of a bounded number of tokens."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqbench.data.corpus import Sequences
from seqbench.data.long_sentences import in_pieces
from seqbench.neural.batch import Batch, Forms
from seqbench.neural.vocabulary import Alphabet, Array


def grouped(lengths: Array, tokens: int, order: NDArray[np.int64] | None = None) -> list[Array]:
    """The numbers of the sentences of each batch, shortest first, within a length in the given order.

    A batch holds at most `tokens` tokens, padding included, or one sentence. Empty sentences are in none.
    """
    order = np.arange(len(lengths)) if order is None else order
    order = order[lengths[order] > 0]
    order = order[np.argsort(lengths[order], kind="stable")]
    groups, start = [], 0
    for end, length in enumerate(lengths[order].tolist()):
        if end > start and length * (end + 1 - start) > tokens:
            groups.append(order[start:end])
            start = end
    return [*groups, order[start:]] if start < len(order) else groups


class Encoded:
    """Sentences as numbers on a device, ready to be cut into batches; each form is looked up once.

    A very long sentence is several here (`seqbench.data.long_sentences`).
    """

    def __init__(self, sentences: Sequences, alphabet: Alphabet, device: str) -> None:
        compact = sentences.compact()
        lexicon = alphabet.lexicon(compact.vocabulary)
        self._offsets = in_pieces(compact.offsets)
        self.lengths = np.diff(self._offsets)
        self.device = device
        self._forms = compact.ids.astype(np.int64)
        self._words, self._cased, self._affixes, self._characters = (
            torch.from_numpy(ids).to(device)
            for ids in (lexicon.words, lexicon.cased, lexicon.affixes, lexicon.characters)
        )
        self._vectors = None if lexicon.vectors is None else torch.from_numpy(lexicon.vectors).to(device)
        self._sizes = np.maximum(1, (lexicon.characters > 0).sum(1))
        self._layers = {name: torch.from_numpy(alphabet.layer(name, sentences)).to(device) for name in alphabet.layers}

    @property
    def tokens(self) -> int:
        """The number of tokens of all sentences."""
        return len(self._forms)

    def places(self, group: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Where the tokens of these sentences stand in the corpus: (batch, time), and which places are tokens."""
        lengths = self.lengths[group]
        steps = np.arange(lengths.max())
        mask = steps < lengths[:, None]
        return np.where(mask, self._offsets[group][:, None] + steps, self._offsets[group][:, None]), mask

    def batch(self, group: Array, hidden: Tensor | None = None) -> Batch:
        """The batch of these sentences; `hidden` (words,) are probabilities of taking a word for an unknown one."""
        places, mask = self.places(group)
        distinct, index = np.unique(self._forms[places], return_inverse=True)
        forms = self._distinct(distinct, index.reshape(places.shape), hidden)
        at = torch.from_numpy(places).to(self.device)
        return Batch(
            forms.words[forms.index],
            torch.from_numpy(self.lengths[group]).to(self.device),
            torch.from_numpy(mask).to(self.device),
            forms,
            {name: ids[at] for name, ids in self._layers.items()},
        )

    def _distinct(self, distinct: Array, index: Array, hidden: Tensor | None) -> Forms:
        chosen = torch.from_numpy(distinct).to(self.device)
        words, cased = self._words[chosen], self._cased[chosen]
        if hidden is not None:
            shown = torch.rand(len(words), device=self.device) >= hidden[words]
            words, cased = words * shown, cased * shown
        characters = self._characters[chosen, : self._sizes[distinct].max()]
        vectors = None if self._vectors is None else self._vectors[chosen]
        return Forms(torch.from_numpy(index).to(self.device), words, cased, self._affixes[chosen], characters, vectors)
