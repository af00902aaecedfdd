"""Rows of CoNLL-U and of tables like it: words, tags, layers, sentence ends and marks of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, DataError, unknown
from seqbench_datasets.readers._bad_lines import BadLines, MalformedError
from seqbench_datasets.readers._byte_blocks import BLOCK, Block, TextFile, blocks
from seqbench_datasets.readers._cell_index import Positions
from seqbench_datasets.readers._growing_arrays import GrowingCorpus
from seqbench_datasets.readers._table import Layout, Table, table

COLUMNS = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
_DIGITS = 12  # as many are looked at in all lines together; longer IDs, one by one
_NO_WORD = re.compile(rb"[0-9]+[-.][0-9]+")
_SHORT_RANGE = re.compile(rb"^\d+-\d+(?:\t[^\t\n]*){0,8}$", re.MULTILINE)
_SENT_ID = b"# sent_id = "
_FIRST, _LAST = (int.from_bytes(_SENT_ID[position : position + 8], "little") for position in (0, 4))
_DOCUMENT = re.compile(rb"# newdoc(?:[ \t]+id[ \t]*=[ \t]*([^\n]*))?[ \t\n]")


@dataclass(frozen=True)
class Columns:
    """Names of the columns of a file, and which of them are tags and features; `feats:Case` is one key of a column."""

    names: tuple[str, ...]
    tags: str
    features: tuple[str, ...] = ()

    def chosen(self, path: Path) -> tuple[int, int, dict[str, int]]:
        """The columns of the words, the tags and the features, from 0."""
        tag_column = _column(path, self.tags, self.names)
        features = {_called(name): _column(path, name, self.names) for name in self.features}
        keys = {(number, _key(name)) for name, number in features.items()}
        form = self.names.index("form")
        if len({(form, b""), (tag_column, _key(self.tags)), *keys}) < 2 + len(self.features):
            raise DataError(f"{path}: words (form), tags and features must be different columns")
        return form, tag_column, features


def read_table(file: TextFile, columns: Columns, size: int = BLOCK, *, skip_bad: bool = False) -> Corpus:
    """The corpus of a file with the columns of CoNLL-U or others; `skip_bad` leaves out malformed lines."""
    try:
        return _Reading(file, columns).corpus(size)
    except MalformedError as error:
        bad = BadLines(skip_bad)
        try:
            corpus = _Reading(file, columns, bad).corpus(size)
        except DataError:
            if skip_bad:
                raise
            corpus = None
        return bad.settled(corpus, error)


@dataclass
class _Reading:
    """One pass over a file; with `bad`, malformed lines are counted there and left out."""

    file: TextFile
    columns: Columns
    bad: BadLines | None = None
    firsts: list[Positions] = field(default_factory=list)
    short_ranges: int = 0

    def corpus(self, size: int) -> Corpus:
        """The corpus that the file holds."""
        path, names = self.file.path, self.columns.names
        form, tag_column, layer_columns = self.columns.chosen(path)
        layout = Layout(ord("\t"), len(names), comments=b"#", expected="CoNLL-U")
        growing = GrowingCorpus(path)
        for block in blocks(self.file, size):
            rows = table(self._without_short_ranges(block), layout, self.bad)
            words = self._words(rows, [form, tag_column, *layer_columns.values()])
            before = _mark(rows, words, growing)
            self.firsts.append(before[_numbered_one(rows)])
            layers = {name: rows.cells(column, words) for name, column in layer_columns.items()}
            lines = rows.lines[words] + block.line
            growing.add(rows.cells(form, words), rows.cells(tag_column, words), layers, lines)
        growing.tags.key = _key(self.columns.tags)
        for name, layer in growing.layers.items():
            layer.key = _key(name)
        if growing.tags.distinct.cells == [b"_"]:
            raise DataError(
                f"{path}: has no {names[tag_column]} tags, every one is '_'; choose others with ?tags=COLUMN"
            )
        corpus = growing.corpus()
        return replace(corpus, notes=(*corpus.notes, *self._notes(corpus)))

    def _without_short_ranges(self, block: Block) -> Block:
        """The block with comments in place of ranges such as `3-4` with too few columns, where faults are looked at."""
        if self.bad is None or self.columns.names != COLUMNS:
            return block
        data, count = _SHORT_RANGE.subn(b"#", block.data)
        self.short_ranges += count
        return replace(block, data=data)

    def _words(self, rows: Table, columns: Sequence[int]) -> NDArray[np.bool_]:
        """Rows that are words: (rows,). Malformed ones are no words where they are counted."""
        words, wrong = _words(rows)
        if self.bad is None:
            for row in np.flatnonzero(wrong)[:1].tolist():
                raise rows.fault(row, "the ID must be like 3, 3-4 or 3.1")
            return words
        wrong |= words & rows.empty(columns)
        rows.without(wrong, self.bad)
        return words & ~wrong

    def _notes(self, corpus: Corpus) -> Iterator[str]:
        if self.short_ranges:
            yield f"{self.short_ranges:,} ranges of tokens (such as 3-4) have fewer than ten columns; they are no words"
        firsts = np.concatenate([np.zeros(0, np.int64), *self.firsts])
        inside = firsts[~np.isin(firsts, corpus.sentences.offsets)]
        if len(inside):
            word = corpus.sentences.vocabulary[corpus.sentences.ids[inside[0]]]
            sentence = int(np.searchsorted(corpus.sentences.offsets, inside[0], side="right"))
            yield (
                f"IDs begin again at 1 inside of sentences, {len(inside):,} times (first at {word!r} in sentence "
                f"{sentence}): is the empty line between sentences missing?"
            )


def _numbered_one(rows: Table) -> Positions:
    """The rows whose ID is 1."""
    data = np.frombuffer(rows.block.data, np.uint8)
    likely = np.flatnonzero(data[rows.starts] == ord("1"))
    ones: Positions = likely[data[rows.starts[likely] + 1] == ord("\t")]
    return ones


def _called(name: str) -> str:
    """A layer's name: that of a column in small letters, a key behind it as it stands."""
    column, colon, key = name.partition(":")
    return column.lower() + colon + key


def _key(name: str) -> bytes:
    return name.partition(":")[2].encode()


def _column(path: Path, name: str, names: tuple[str, ...]) -> int:
    """The number, from 0, of the column that a text names, perhaps with a key behind it."""
    column = name.partition(":")[0] if name.lower() not in names else name
    if column.isdecimal() and 1 <= int(column) <= len(names):
        return int(column) - 1
    if column.lower() not in names:
        listed = f"Columns (or 1 to {len(names)})"
        raise DataError(f"{path}: {unknown('column of CoNLL-U', column, names, listed=listed)}")
    return names.index(column.lower())


def _words(rows: Table) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Rows that are words, by a whole number as ID, and rows with an ID that is none: (rows,) each."""
    data = np.frombuffer(rows.block.data, np.uint8)
    starts = rows.starts
    lengths = rows.separators[:, 0] - starts
    words = lengths > 0
    for position in range(min(int(lengths.max(initial=0)), _DIGITS)):
        digit = data[np.minimum(starts + position, len(data) - 1)] - ord("0") < 10  # noqa: PLR2004 -- unsigned: below 0 is large
        words &= digit | (lengths <= position)
    words &= lengths <= _DIGITS
    wrong = np.zeros(len(words), bool)
    for row in np.flatnonzero(~words).tolist():
        cell = rows.block.data[starts[row] : starts[row] + lengths[row]]
        words[row] = cell.isdigit()
        wrong[row] = not words[row] and not _NO_WORD.fullmatch(cell)
    return words, wrong


def _mark(rows: Table, words: NDArray[np.bool_], growing: GrowingCorpus) -> Positions:
    """Mark where sentences end and documents start; the number of tokens before each row: (rows + 1,)."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(words)]) + growing.tokens
    growing.end(_tokens_before(rows, before, rows.gaps))
    data, starts = np.frombuffer(rows.block.data, np.uint8), rows.line_starts
    comments = np.flatnonzero(data[starts] == ord("#"))
    thirds = data[np.minimum(starts[comments] + 2, len(data) - 1)]
    named, sent_ids = _sent_ids(rows, comments[thirds == ord("s")])
    growing.named.append(_tokens_before(rows, before, named))
    growing.sent_ids += sent_ids
    opening, names = _documents(rows, comments[thirds == ord("n")])
    growing.documents.extend(_tokens_before(rows, before, opening).tolist())
    growing.document_ids += names
    return before


def _sent_ids(rows: Table, likely: Positions) -> tuple[Positions, list[bytes]]:
    """The numbers of the lines that name a sentence, from 0, and the names; by vectors, for most sentences have one."""
    data = rows.block.data
    starts = rows.line_starts[likely]
    ends = np.append(rows.line_starts, len(data))[likely + 1] - 1
    words = np.ndarray((max(len(data) - 7, 0),), "<u8", data, strides=(1,))  # the eight bytes from every byte on
    long = ends - starts >= len(_SENT_ID)
    likely, starts, ends = likely[long], starts[long], ends[long]
    named = (words[starts] == _FIRST) & (words[starts + 4] == _LAST)
    bounds = zip((starts[named] + len(_SENT_ID)).tolist(), ends[named].tolist(), strict=True)
    return likely[named], [data[start:end] for start, end in bounds]


def _documents(rows: Table, likely: Positions) -> tuple[Positions, list[str]]:
    """The numbers of the lines that open a document, from 0, and the name of each document, "" where it has none."""
    matches = [_DOCUMENT.match(rows.block.data, start) for start in rows.line_starts[likely].tolist()]
    lines: Positions = likely[np.array([match is not None for match in matches], bool)]
    names = [(match[1] or b"").decode(errors="replace").strip() for match in matches if match]
    return lines, names


def _tokens_before(rows: Table, before: Positions, lines: Positions) -> Positions:
    return before[np.searchsorted(rows.lines, lines)]
