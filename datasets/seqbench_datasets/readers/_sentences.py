"""Corpora from sentences that are read one after the other, for formats that are no tables of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from seqbench import Corpus, DataError, Origins, Sequences
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._byte_blocks import TextFile, blocks

_MARK = "-docstart-"


def numbered_lines(file: TextFile) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, from 1."""
    for block in blocks(file):
        yield from enumerate(block.data.decode().split("\n")[:-1], start=block.line)


@dataclass
class Sentences:
    """Sentences so far: words, tags and layers, which of them open a document, and malformed lines."""

    path: Path
    bad: BadLines = field(default_factory=BadLines)
    fault: DataError | None = None
    words: list[list[str]] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    layers: dict[str, list[list[str]]] = field(default_factory=dict)
    documents: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    marks: int = 0

    @contextmanager
    def line(self, number: int, text: str) -> Iterator[None]:
        """Reading of a line, which is counted as malformed where that raises `DataError`."""
        try:
            yield
        except DataError as error:
            self.fault = self.fault or error
            self.bad.add(number, text)

    def refuse(self, number: int, text: str, what: str) -> None:
        """Count a line as malformed."""
        with self.line(number, text):
            raise DataError(f"{self.path}:{number}: {what}")

    def add(self, line: int, words: list[str], tags: list[str], layers: dict[str, list[str]] | None = None) -> None:
        """Append a sentence, unless it is empty. Raises `DataError` if it has not one tag and value for each word."""
        for name, values in (("tags", tags), *(layers or {}).items()):
            if len(values) != len(words):
                raise DataError(f"{self.path}:{line}: {len(words)} words, but {len(values)} {name}")
        for text in (*words, *tags, *(value for values in (layers or {}).values() for value in values)):
            if not text:
                raise DataError(f"{self.path}:{line}: a word or a tag is empty")
            if any("\ud800" <= letter <= "\udfff" for letter in text):
                raise DataError(f"{self.path}:{line}: {text!a} is half a character (a lone surrogate)")
        if len(words) == 1 and words[0].casefold() == _MARK:
            self.documents.append(len(self.words))
            self.marks += 1
        elif words:
            self.words.append(words)
            self.lines.append(line)
            self.tags.append(tags)
            for name, values in (layers or {}).items():
                self.layers.setdefault(name, []).append(values)

    def corpus(self, notes: tuple[str, ...] = ()) -> Corpus:
        """The whole corpus; `DataError` where it has no sentence, or a malformed line that is not to be skipped."""
        if self.fault is not None:
            return self.bad.settled(self._corpus(notes) if self.words else None, self.fault)
        if not self.words:
            raise DataError(f"{self.path}: holds no sentence")
        return self._corpus(notes)

    def _corpus(self, notes: tuple[str, ...]) -> Corpus:
        plain = Sequences.encode(self.words)
        layers = MappingProxyType({name: Sequences.encode(values) for name, values in self.layers.items()})
        sentences = Sequences(plain.ids, plain.offsets, plain.vocabulary, layers)
        documents = [number for number in self.documents if number < len(self.words)]
        if self.marks:
            notes = (
                *notes,
                f"{self.marks:,} sentences of the word '-DOCSTART-' alone open documents, and are no words",
            )
        origins = Origins.of(str(self.path), np.array(self.lines, np.int64))
        opening = np.unique(np.array(documents, np.int64))
        return Corpus(sentences, Sequences.encode(self.tags), opening, notes, origins=origins)
