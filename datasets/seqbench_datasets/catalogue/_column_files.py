"""Column files of the catalogue: with comments, headers, numbered words, marks of documents and of sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.catalogue._readings import Choice, Reading, Text, cut, lines_of
from seqbench_datasets.catalogue.entries import CatalogueEntry, Columns, Rules
from seqbench_datasets.readers._byte_blocks import TextFile
from seqbench_datasets.readers._column_table import read_columns as read_plain_columns
from seqbench_datasets.readers._layout import Choice as ColumnChoice

_DOCUMENT = "-DOCSTART-"
_NEW_DOCUMENTS = ("# newdoc", "# document_id", "# hipe2022:document_id")


def read_columns(path: Path, entry: CatalogueEntry, choice: Choice) -> Reading:
    """Column file of an entry."""
    if entry.columns is None:
        raise DataError(f"{entry.title} has no columns")
    places = _Places.of(path, entry.columns, choice)
    if entry.rules.is_plain:
        return Reading.of(_read_quickly(path, entry.columns, places, entry.encoding))
    text = _Lines(path, entry.columns, entry.rules, places, Text(places.layer_names))
    for number, line in enumerate(lines_of(path, entry.encoding), start=1):
        text.take(number, line)
    return text.reading()


def _read_quickly(path: Path, known: Columns, places: _Places, encoding: str) -> Corpus:
    """Corpus by the general reader, which reads many lines at once."""
    choice = ColumnChoice(
        tags=str(places.tags + 1),
        features=places.layer_names,
        words=str(places.words + 1),
        header=known.header or None,
        comments=known.comment,
        separator=known.separator,
    )
    return read_plain_columns(TextFile(path, encoding), choice)


@dataclass(frozen=True)
class _Places:
    """Columns of words, tags and layers, from 0; layers are named by their numbers from 1."""

    words: int
    tags: int
    layers: tuple[int, ...]

    @classmethod
    def of(cls, path: Path, known: Columns, choice: Choice) -> _Places:
        features = known.features.values() if choice.features is None else choice.features
        numbers = [_number(path, name) for name in (known.words, choice.tags or known.tags, *features)]
        if len(set(numbers)) < len(numbers):
            raise DataError(f"{path}: words (column {known.words}), tags and features must be different columns")
        words, tags, *layers = (number - 1 for number in numbers)
        return cls(words, tags, tuple(layers))

    @property
    def layer_names(self) -> tuple[str, ...]:
        return tuple(str(column + 1) for column in self.layers)


def _number(path: Path, name: str | int) -> int:
    if not str(name).isdecimal() or not int(name):
        raise DataError(f"{path}: has no column {name!r}; choose a number from 1")
    return int(name)


@dataclass
class _Lines:
    """Lines of a column file, taken one by one; what is left out or replaced is counted."""

    path: Path
    columns: Columns
    rules: Rules
    places: _Places
    text: Text
    blanks_end_documents: bool = False
    empty_words: int = 0
    empty_tags: int = 0
    left_out: int = 0

    def __post_init__(self) -> None:
        self.blanks_end_documents = self.rules.sentence_end is not None
        self._open = False

    def take(self, number: int, line: str) -> None:
        """Take a line by its number: a token, the end of a sentence, a comment or the header."""
        if self.columns.header and number == 1:
            return
        if not line.strip(" \t"):
            self._blank()
        elif self.columns.comment and line.startswith(self.columns.comment):
            if line.startswith(_NEW_DOCUMENTS):
                self._open_document()
        else:
            self._token(number, self._cells(line))

    def _blank(self) -> None:
        self.text.end()
        self._open = False

    def _open_document(self) -> None:
        self.text.open_document()

    def _cells(self, line: str) -> Sequence[str]:
        return line.split("\t") if self.columns.separator == "tab" else re.split(" +", line.strip(" "))

    def _token(self, number: int, cells: Sequence[str]) -> None:
        if cells[0] == _DOCUMENT:
            self._open_document()
            return
        last = max(self.places.words, self.places.tags, *self.places.layers)
        if len(cells) <= last:
            raise DataError(f"{self.path}:{number}: {len(cells)} columns, expected at least {last + 1}: {cells!r}")
        if self.rules.numbered and not cells[0].isdecimal():
            self.left_out += 1
            return
        if self.blanks_end_documents and not self._open:
            self._open = True
            self._open_document()
        self.text.add(self._word(cells), self._tag(cells), tuple(cells[column] for column in self.places.layers))
        end = self.rules.sentence_end
        if end is not None and len(cells) >= end.column and end.mark in cells[end.column - 1]:
            self.text.end()

    def _word(self, cells: Sequence[str]) -> str:
        word = cells[self.places.words]
        if word or self.rules.empty_word is None:
            return word
        self.empty_words += 1
        return self.rules.empty_word

    def _tag(self, cells: Sequence[str]) -> str:
        tag = cells[self.places.tags].rstrip(" ")
        if tag or self.rules.empty_tag is None:
            return tag
        self.empty_tags += 1
        return self.rules.empty_tag

    def reading(self) -> Reading:
        """All lines as a reading, with notes of what was replaced, left out or cut."""
        corpus = self.text.corpus(self.path)
        sentences = len(corpus.documents) if self.rules.counts == "documents" else len(corpus)
        tokens, notes = corpus.tokens + self.left_out, list(self._notes())
        if self.rules.cut is not None:
            corpus, note = cut(corpus, self.rules.cut)
            notes.append(note)
        return Reading(corpus, sentences, tokens, tuple(notes))

    def _notes(self) -> Iterator[str]:
        name = self.path.name
        if self.empty_words:
            yield f"{name}: {self.empty_words:,} tokens without a word are read as {self.rules.empty_word!r}"
        if self.empty_tags:
            yield f"{name}: {self.empty_tags:,} tokens without a tag are read as {self.rules.empty_tag!r}"
        if self.left_out:
            yield f"{name}: {self.left_out:,} lines of multiword tokens and empty nodes are no words and left out"
