"""Alignment of two files that should have the same words; an error names the first line that differs."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import is_normalized, normalize

import numpy as np

from seqbench.data.corpus import Corpus, Sequences, offsets_of, strings
from seqbench.data.homoglyphs import drawn_alike
from seqbench.data.packed_files import plain_name, unpacked
from seqbench.errors import DataError

MISSING = "<missing>"
"""The tag of a token that predictions lack, which is always wrong."""


@dataclass(frozen=True, eq=False)
class Text:
    """Words and tags under a name, with the file that they came from and its reader, if there was a file.

    Tokens with one of the `ignored` tags are aligned, and are not scored.
    """

    name: str
    corpus: Corpus
    path: Path | None = None
    read: Callable[[Path], Corpus] | None = None
    ignored: tuple[str, ...] = ()

    def word(self, token: int) -> str:
        """Word of a token, by its number."""
        sentences = self.corpus.sentences
        return str(sentences.vocabulary[sentences.ids[token]])

    def at(self, token: int) -> str:
        """File and, if known, line of a token, by its number."""
        line = self._line(token) if token < self.corpus.tokens else None
        return f"{self.name}:{line}" if line else self.name

    def _line(self, token: int) -> int | None:
        """Line of a token: the first line with which the beginning of the file, read alone, holds the token.

        The line is searched by halving, with the file's own reader. None for a format that cannot be cut at a line.
        """
        first, last = 1, len(self._lines)
        while first < last:
            middle = (first + last) // 2
            first, last = (first, middle) if self._tokens(middle) > token else (middle + 1, last)
        return first if self._tokens(first) == token + 1 else None

    @cached_property
    def _lines(self) -> list[bytes]:
        if self.path is None:
            return []
        return b"".join(unpacked(self.path)).split(b"\n")

    def _tokens(self, lines: int) -> int:
        """Number of tokens in the first lines."""
        if self.path is None or self.read is None:
            return 0
        with TemporaryDirectory() as folder:
            file = Path(folder) / plain_name(self.path.name)
            file.write_bytes(b"\n".join(self._lines[:lines]) + b"\n")
            try:
                return self.read(file).tokens
            except DataError:
                return 0


def check_aligned(gold: Text, other: Text) -> None:
    """Raises `DataError`, with the first line that differs, if words or sentence ends are not those of `gold`."""
    word, ending = _first_other_word(gold, other), _first_other_ending(gold, other)
    if ending is not None and (word is None or ending <= word):
        raise _fault(gold, ending, *_other_ending(gold, other, ending))
    if word is not None:
        theirs, ours = other.word(word), gold.word(word)
        what = f"word {theirs!r}, but {gold.at(word)} has {ours!r}{_alike(theirs, ours)}"
        raise _fault(gold, word, other.at(word), what)


def completed(gold: Text, other: Text) -> tuple[Text, int]:
    """Text with the tokens that it lacks at the ends of its sentences, tagged `MISSING`, and their number.

    Sentences after the last one may lack too. Raises `DataError` if what the text has differs from gold.
    """
    words = gold.corpus.sentences
    lengths = np.zeros(len(words), np.int64)
    if len(other.corpus) > len(words):
        check_aligned(gold, other)
    lengths[: len(other.corpus)] = np.minimum(other.corpus.sentences.lengths, words.lengths[: len(other.corpus)])
    position = np.arange(len(words.ids)) - np.repeat(words.offsets[:-1], words.lengths)
    here = position < np.repeat(lengths, words.lengths)  # (tokens of gold,)
    cut = Sequences(words.ids[here], offsets_of(lengths[: len(other.corpus)]), words.vocabulary)
    check_aligned(replace(gold, corpus=Corpus(cut, cut), path=None), other)
    tags = other.corpus.tags
    ids = np.full(len(words.ids), len(tags.vocabulary), np.int32)
    ids[here] = tags.ids
    tagged = Sequences(ids, words.offsets, strings([*tags.vocabulary, MISSING]))
    return replace(other, corpus=Corpus(words, tagged)), int(np.count_nonzero(~here))


def missing_note(name: str, missing: int, tokens: int) -> list[str]:
    """A note on tokens that predictions lack, where there are any."""
    if not missing:
        return []
    return [f"{missing:,} of {tokens:,} tokens are missing in {name!r}: they count as wrong, with the tag {MISSING!r}"]


def strange_note(name: str, predicted: Sequences, known: Container[str]) -> list[str]:
    """A note where most predicted tags are none that gold or train has, as those of a wrong column are."""
    tags = predicted.vocabulary.tolist()
    other = [number for number, tag in enumerate(tags) if tag not in known and tag != MISSING]
    count, tokens = int(np.isin(predicted.ids, other).sum()), len(predicted.ids)
    if 2 * count <= tokens:
        return []
    share = f"{count:,} of {tokens:,} predicted tags of {name!r} are no tags of gold, such as {tags[other[0]]!r}"
    return [f"{share}: is this the column of the tags (?tags=COLUMN)?"]


def _fault(gold: Text, token: int, where: str, what: str) -> DataError:
    sentence = int(np.searchsorted(gold.corpus.sentences.offsets, token, side="right"))
    return DataError(f"{where}: {what} (sentence {sentence}); predictions must have gold's words and sentences")


def _alike(theirs: str, ours: str) -> str:
    """The code points of two words that look the same, and the form of Unicode where that is the difference."""
    if normalize("NFKC", theirs) != normalize("NFKC", ours) and not drawn_alike(theirs, ours):
        return ""
    forms = ["NFC" if is_normalized("NFC", word) else "NFD" for word in (theirs, ours)]
    points = f"{theirs!a} and {ours!a}"
    if normalize("NFC", theirs) == normalize("NFC", ours):
        return f", which is the same text in another form of Unicode: {points} ({forms[0]} and {forms[1]})"
    return f", which looks alike and has other characters: {points}"


def _first_other_word(gold: Text, other: Text) -> int | None:
    a, b = gold.corpus.sentences, other.corpus.sentences
    size = min(len(a.ids), len(b.ids))
    differ = a.vocabulary[a.ids[:size]] != b.vocabulary[b.ids[:size]]
    return int(differ.argmax()) if differ.any() else None


def _first_other_ending(gold: Text, other: Text) -> int | None:
    """First token before which only one of both texts ends a sentence, or ends."""
    only_one = np.setxor1d(gold.corpus.sentences.offsets, other.corpus.sentences.offsets)
    return min(int(only_one[0]), gold.corpus.tokens, other.corpus.tokens) if len(only_one) else None


def _other_ending(gold: Text, other: Text, token: int) -> tuple[str, str]:
    """Place of a sentence end that only one text has, and the fault there, in words."""
    if token >= other.corpus.tokens:
        return other.name, f"ends, but {gold.at(token)} goes on with {gold.word(token)!r}"
    word = other.word(token)
    if token >= gold.corpus.tokens:
        return other.at(token), f"goes on with {word!r}, but {gold.name} ends"
    if token in other.corpus.sentences.offsets:
        return other.at(token), f"a sentence begins with {word!r}, but in {gold.name} the one before goes on"
    return other.at(token), f"the sentence goes on with {word!r}, but {gold.at(token)} begins a new one"
