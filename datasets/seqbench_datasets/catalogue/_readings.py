"""Readings of files: a corpus, the numbers that the catalogue counts, and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from seqbench import Corpus, DataError, Sequences
from seqbench_datasets.catalogue.entries import LIMIT, Cut
from seqbench_datasets.catalogue.verification import content_of


@dataclass(frozen=True)
class Choice:
    """Columns that a user chose: of tags, and of features; None leaves it to the entry."""

    tags: str | None = None
    features: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class Reading:
    """Corpus of a file; `sentences` and `tokens` are counted as in the catalogue, pieces of no use are `left_out`."""

    corpus: Corpus
    sentences: int
    tokens: int
    notes: tuple[str, ...] = ()
    left_out: int = 0

    @classmethod
    def of(cls, corpus: Corpus, notes: tuple[str, ...] = ()) -> Reading:
        """Reading whose counts are those of the corpus."""
        return cls(corpus, len(corpus), corpus.tokens, notes)


@dataclass
class Text:
    """Sentences as they are read, one after the other, with layers by name."""

    layer_names: tuple[str, ...] = ()
    words: list[list[str]] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    layers: list[list[list[str]]] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    opened: bool = False

    def __post_init__(self) -> None:
        self.layers = [[] for _ in self.layer_names]

    def add(self, word: str, tag: str, values: tuple[str, ...] = ()) -> None:
        """Append a token to the sentence that is open, or open one."""
        if not self.opened:
            self.opened = True
            for column in (self.words, self.tags, *self.layers):
                column.append([])
        self.words[-1].append(word)
        self.tags[-1].append(tag)
        for layer, value in zip(self.layers, values, strict=True):
            layer[-1].append(value)

    def end(self) -> None:
        """End the sentence that is open."""
        self.opened = False

    def open_document(self) -> None:
        """End the sentence that is open; the next one opens a document."""
        self.end()
        self.documents.append(len(self.words))

    def corpus(self, path: Path) -> Corpus:
        """Corpus of what was read. Raises `DataError` if there is no sentence."""
        if not self.words:
            raise DataError(f"{path}: holds no sentence")
        layers = {name: Sequences.encode(layer) for name, layer in zip(self.layer_names, self.layers, strict=True)}
        sentences = replace(Sequences.encode(self.words), layers=layers)
        starts = np.unique(np.array([start for start in self.documents if start < len(self.words)], np.int64))
        return Corpus(sentences, Sequences.encode(self.tags), starts)


def lines_of(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    r"""Lines of a file without their ends, `\n` or `\r\n`. Raises `DataError` if bytes are not of the encoding."""
    return iter(text_of(path, encoding).removesuffix("\n").replace("\r\n", "\n").split("\n"))


def text_of(path: Path, encoding: str = "utf-8") -> str:
    """Text of a file without byte order mark. Raises `DataError` if bytes are not of the encoding."""
    content = content_of(path, LIMIT)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}:{line}: not {encoding}: byte 0x{content[error.start]:02x}") from error


def cut(corpus: Corpus, rule: Cut) -> tuple[Corpus, str]:
    """Corpus cut into sentences by a rule, never inside a span, and a note that says so."""
    words = corpus.sentences.vocabulary[corpus.sentences.ids].tolist()
    tags = corpus.tags.vocabulary[corpus.tags.ids].tolist()
    ends, begin = [0], 0
    for position in range(1, len(words)):
        due = words[position - 1] in rule.after or position - begin >= rule.longest
        if due and (tags[position - 1] == "O" or not tags[position].startswith("I-")):
            ends.append(position)
            begin = position
    offsets = np.array([*ends, len(words)], np.int64)
    starts = np.searchsorted(offsets, corpus.sentences.offsets[corpus.documents])
    sentences = Sequences(corpus.sentences.ids, offsets, corpus.sentences.vocabulary)
    after = " ".join(rule.after)
    note = (
        f"the file has {len(corpus):,} sentence{'s' * (len(corpus) != 1)} of {corpus.tokens:,} tokens: cut after "
        f"{after} and after {rule.longest} tokens at the latest, not inside a span, into {len(offsets) - 1:,}"
    )
    return Corpus(sentences, Sequences(corpus.tags.ids, offsets, corpus.tags.vocabulary), starts), note
