"""Corpora from sentences that are read one after the other, for formats that are no tables of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from seqbench import Corpus, DataError, Sequences
from seqbench_datasets.readers._byte_blocks import TextFile, blocks


def numbered_lines(file: TextFile) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, from 1."""
    for block in blocks(file):
        yield from enumerate(block.data.decode().split("\n")[:-1], start=block.line)


@dataclass
class Sentences:
    """Sentences so far: words, tags and layers, and which of them open a document."""

    path: Path
    words: list[list[str]] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    layers: dict[str, list[list[str]]] = field(default_factory=dict)
    documents: list[int] = field(default_factory=list)

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
        if words:
            self.words.append(words)
            self.tags.append(tags)
            for name, values in (layers or {}).items():
                self.layers.setdefault(name, []).append(values)

    def corpus(self, notes: tuple[str, ...] = ()) -> Corpus:
        """The whole corpus; `DataError` where it has no sentence."""
        if not self.words:
            raise DataError(f"{self.path}: holds no sentence")
        plain = Sequences.encode(self.words)
        layers = MappingProxyType({name: Sequences.encode(values) for name, values in self.layers.items()})
        sentences = Sequences(plain.ids, plain.offsets, plain.vocabulary, layers)
        documents = [number for number in self.documents if number < len(self.words)]
        return Corpus(sentences, Sequences.encode(self.tags), np.unique(np.array(documents, np.int64)), notes)
