"""Windows of a corpus in batches, as a pretrained encoder reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqbench import Sequences
from seqbench.neural import Alphabet
from seqbench_plugins.neural._subwords import Subwords, Window, windows


@dataclass(frozen=True)
class Read:
    """A batch: `ids` and `attention` (batch, sub-words), `first` and `stop` (batch, words) where words begin and end.

    `lengths` (batch,) are the words that are tagged here; `states` (batch, words, width), where they are known already,
    are those of the words. `characters` (forms, length) are those of the batch's forms, `index` (batch, words) leads
    from a word to its form.
    """

    ids: Tensor
    attention: Tensor
    first: Tensor
    stop: Tensor
    lengths: Tensor
    states: Tensor | None = None
    characters: Tensor | None = None
    index: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Examples:
    """All windows of a corpus: `pieces` (forms,) are the sub-words of forms, `forms` (tokens,) the forms of tokens.

    `states` (tokens, width) are those of an encoder that is not trained, once they are known; `characters` (forms,
    length) are the ids of each form's characters where the network reads them.
    """

    subwords: Subwords
    pieces: list[list[int]]
    forms: list[int]
    windows: list[Window]
    lengths: NDArray[np.int64]
    states: NDArray[np.float32] | None = None
    characters: NDArray[np.int64] | None = None

    @classmethod
    def of(cls, sentences: Sequences, subwords: Subwords, alphabet: Alphabet | None = None) -> Examples:
        """Sub-words are looked up once for each distinct form; `lengths` count those of each window."""
        compact = sentences.compact()
        pieces = subwords.of_forms(compact)
        forms = compact.ids.tolist()
        sizes = [len(pieces[form]) for form in forms]
        all_windows = windows(compact.offsets.tolist(), sizes, subwords.room)
        ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        special = len(subwords.opening) + len(subwords.closing)
        lengths = np.array([ends[w.stop] - ends[w.start] + special for w in all_windows], np.int64)
        characters = None if alphabet is None else alphabet.lexicon(compact.vocabulary).characters
        return cls(subwords, pieces, forms, all_windows, lengths, characters=characters)

    def batch(self, group: NDArray[np.int64], device: str) -> tuple[Read, NDArray[np.int64], NDArray[np.bool_]]:
        """The windows with these numbers; the places of their words (batch, words), and which of these are words."""
        chosen = [self.windows[number] for number in group]
        ids = np.full(
            (len(chosen), int(self.lengths[group].max())), self.subwords.tokenizer.pad_token_id or 0, np.int64
        )
        words = max(w.last - w.first for w in chosen)
        places, first, stop = np.zeros((3, len(chosen), words), np.int64)
        for row, window in enumerate(chosen):
            line, starts = list(self.subwords.opening), []
            for token in range(window.start, window.stop):
                starts.append(len(line))
                line += self.pieces[self.forms[token]]
            starts.append(len(line))
            line += self.subwords.closing
            ids[row, : len(line)] = line
            own = window.last - window.first
            first[row, :own] = starts[window.first - window.start : window.last - window.start]
            stop[row, :own] = starts[window.first - window.start + 1 : window.last - window.start + 1]
            places[row, :own] = np.arange(window.first, window.last)
        attention = np.arange(ids.shape[1]) < self.lengths[group][:, None]
        mask = np.arange(words) < np.array([w.last - w.first for w in chosen])[:, None]
        tensors = (torch.from_numpy(array).to(device) for array in (ids, attention, first, stop, mask.sum(1)))
        read = Read(*tensors)
        if self.states is not None:
            read = replace(read, states=torch.from_numpy(self.states[places]).to(device))
        if self.characters is not None:
            read = self._with_characters(read, self.characters, places)
        return read, places, mask

    def _with_characters(self, read: Read, characters: NDArray[np.int64], places: NDArray[np.int64]) -> Read:
        distinct, index = np.unique(self._form_ids[places], return_inverse=True)
        own = characters[distinct]
        own = own[:, : max(1, int((own > 0).sum(1).max()))]
        parts = (torch.from_numpy(array).to(read.ids.device) for array in (own, index.reshape(places.shape)))
        return replace(read, characters=next(parts), index=next(parts))

    @cached_property
    def _form_ids(self) -> NDArray[np.int64]:
        return np.array(self.forms, np.int64)

    def note(self, sentences: Sequences) -> str:
        """Sub-words a word, and how many words hold an unknown one."""
        sizes = np.array([len(ids) for ids in self.pieces])[self.forms] if self.forms else np.zeros(1)
        unknown = self.subwords.unknown(self.pieces)[self.forms].mean() if self.forms else 0.0
        several = len(self.windows) - int((sentences.lengths > 0).sum())
        return (
            f"{sizes.mean():.2f} sub-words a word in train, {100 * unknown:.1f} % of its words hold an unknown one; "
            f"{several:,} further windows for sentences longer than {self.subwords.room} sub-words"
        )
