"""Words as the sub-words of a pretrained encoder, and long sentences as windows that overlap; no word is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench import Sequences

_CONTEXT = 0.25  # share of a window that the next one repeats, so that no word stands at the edge of all of its windows


@dataclass(frozen=True)
class Window:
    """A stretch of one sentence: words `start` to `stop` are read, those from `first` to `last` are tagged here.

    Numbers count tokens of the whole corpus.
    """

    start: int
    stop: int
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Subwords:
    """A tokenizer with the room that its encoder has: `room` sub-words a window, special ones not counted."""

    tokenizer: Any
    opening: list[int]
    closing: list[int]
    room: int

    @classmethod
    def of(cls, tokenizer: Any, most: int) -> Subwords:
        """`most` counts special sub-words too; what the tokenizer puts before and after a sentence is asked of it."""
        body = tokenizer(["a"], is_split_into_words=True, add_special_tokens=False)["input_ids"]
        whole = tokenizer(["a"], is_split_into_words=True)["input_ids"]
        before = next(i for i in range(len(whole)) if whole[i : i + len(body)] == body)
        opening, closing = whole[:before], whole[before + len(body) :]
        return cls(tokenizer, opening, closing, max(1, most - len(opening) - len(closing)))

    def of_forms(self, sentences: Sequences) -> list[list[int]]:
        """The sub-words of each form of the vocabulary: at least one (the unknown), at most a window full."""
        forms = [[form] for form in sentences.vocabulary]
        if not forms:
            return []
        pieces = self.tokenizer(forms, is_split_into_words=True, add_special_tokens=False)["input_ids"]
        return [ids[: self.room] or [self._unknown] for ids in pieces]

    @property
    def _unknown(self) -> int:
        known = self.tokenizer.unk_token_id
        return int(known if known is not None else self.tokenizer.eos_token_id)

    def unknown(self, pieces: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
        """Flags of the forms that hold an unknown sub-word: (forms,)."""
        return np.array([self.tokenizer.unk_token_id in ids for ids in pieces], bool)


def windows(offsets: Sequence[int], lengths: Sequence[int], room: int) -> list[Window]:
    """Windows over all sentences: one for a sentence that fits into the room, several that overlap for a longer one.

    `offsets` (sentences + 1,) say where sentences start, `lengths` (tokens,) how many sub-words each word has.
    """
    ends = list(accumulate(lengths, initial=0))
    listed = []
    for start, stop in pairwise(offsets):
        if start < stop:
            listed += _of_sentence(start, stop, ends, room)
    return listed


def _of_sentence(start: int, stop: int, ends: Sequence[int], room: int) -> list[Window]:
    """Each word belongs to the window that shows about as much before as behind it."""
    reaches = [(start, _reach(start, stop, ends, room))]
    while reaches[-1][1] < stop:
        begun, reached = reaches[-1]
        repeated = ends[reached] - int(_CONTEXT * room)
        following = next(word for word in range(begun + 1, reached + 1) if word == reached or ends[word] >= repeated)
        reaches.append((following, _reach(following, stop, ends, room)))
    cuts = [start, *((nxt + reached) // 2 for (_, reached), (nxt, _) in pairwise(reaches)), stop]
    return [Window(*span, first, last) for span, first, last in zip(reaches, cuts, cuts[1:], strict=False)]


def _reach(start: int, stop: int, ends: Sequence[int], room: int) -> int:
    """The word before which a window that begins here is full."""
    word = start + 1
    while word < stop and ends[word + 1] - ends[start] <= room:
        word += 1
    return word
