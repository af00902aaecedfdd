"""Two files that should have the same words: aligned, or the first line that differs."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from seqbench.data.corpus import Corpus
from seqbench.errors import DataError


@dataclass(frozen=True, eq=False)
class Text:
    """Words and tags, what to call them, and the file that they came from (with its reader), if it was one."""

    name: str
    corpus: Corpus
    path: Path | None = None
    read: Callable[[Path], Corpus] | None = None

    def word(self, place: int) -> str:
        """The word of a token."""
        sentences = self.corpus.sentences
        return str(sentences.vocabulary[sentences.ids[place]])

    def at(self, place: int) -> str:
        """The file and, where it can be told, the line of a token."""
        line = self._line(place) if place < self.corpus.tokens else None
        return f"{self.name}:{line}" if line else self.name

    def _line(self, place: int) -> int | None:
        """The line that holds a token: the first with which the beginning of the file, read alone, has that many.

        Found by halving, with the file's own reader; None for a format that cannot be cut at a line.
        """
        first, last = 1, len(self._lines)
        while first < last:
            middle = (first + last) // 2
            first, last = (first, middle) if self._tokens(middle) > place else (middle + 1, last)
        return first if self._tokens(first) == place + 1 else None

    @cached_property
    def _lines(self) -> list[bytes]:
        if self.path is None:
            return []
        with gzip.open(self.path) if self.path.suffix == ".gz" else self.path.open("rb") as file:
            return file.read().split(b"\n")

    def _tokens(self, lines: int) -> int:
        """How many tokens the first lines hold."""
        if self.path is None or self.read is None:
            return 0
        with TemporaryDirectory() as folder:
            file = Path(folder) / self.path.name.removesuffix(".gz")
            file.write_bytes(b"\n".join(self._lines[:lines]) + b"\n")
            try:
                return self.read(file).tokens
            except DataError:
                return 0


def check_aligned(gold: Text, other: Text) -> None:
    """`DataError` that names the first line where the words, or where sentences end, are not those of `gold`."""
    word, ending = _first_other_word(gold, other), _first_other_ending(gold, other)
    if ending is not None and (word is None or ending <= word):
        raise _fault(gold, ending, *_other_ending(gold, other, ending))
    if word is not None:
        what = f"word {other.word(word)!r}, but {gold.at(word)} has {gold.word(word)!r}"
        raise _fault(gold, word, other.at(word), what)


def _fault(gold: Text, place: int, where: str, what: str) -> DataError:
    sentence = int(np.searchsorted(gold.corpus.sentences.offsets, place, side="right"))
    return DataError(f"{where}: {what} (sentence {sentence}); predictions must have gold's words and sentences")


def _first_other_word(gold: Text, other: Text) -> int | None:
    a, b = gold.corpus.sentences, other.corpus.sentences
    size = min(len(a.ids), len(b.ids))
    differ = a.vocabulary[a.ids[:size]] != b.vocabulary[b.ids[:size]]
    return int(differ.argmax()) if differ.any() else None


def _first_other_ending(gold: Text, other: Text) -> int | None:
    """The first token before which one text ends a sentence (or ends) and the other does not."""
    only_one = np.setxor1d(gold.corpus.sentences.offsets, other.corpus.sentences.offsets)
    return min(int(only_one[0]), gold.corpus.tokens, other.corpus.tokens) if len(only_one) else None


def _other_ending(gold: Text, other: Text, place: int) -> tuple[str, str]:
    """Where a sentence ends in one text only, and what is wrong there."""
    if place >= other.corpus.tokens:
        return other.name, f"ends, but {gold.at(place)} goes on with {gold.word(place)!r}"
    word = other.word(place)
    if place >= gold.corpus.tokens:
        return other.at(place), f"goes on with {word!r}, but {gold.name} ends"
    if place in other.corpus.sentences.offsets:
        return other.at(place), f"a sentence begins with {word!r}, but in {gold.name} the one before goes on"
    return other.at(place), f"the sentence goes on with {word!r}, but {gold.at(place)} begins a new one"
