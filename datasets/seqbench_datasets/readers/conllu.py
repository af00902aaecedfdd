"""Reads CoNLL-U: ten columns between TABs, `#` comments, an empty line after each sentence."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, DataError, unknown
from seqbench_datasets.readers._byte_blocks import BLOCK, TextFile, blocks
from seqbench_datasets.readers._cell_index import Positions
from seqbench_datasets.readers._growing_arrays import GrowingCorpus
from seqbench_datasets.readers._table import Layout, Table, table

COLUMNS = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
_LAYOUT = Layout(ord("\t"), len(COLUMNS), comments=b"#", expected="CoNLL-U")
_FORM = COLUMNS.index("form")
_DIGITS = 12  # as many are looked at in all lines together; longer IDs, one by one
_NO_WORD = re.compile(rb"[0-9]+[-.][0-9]+")
_DOCUMENT = re.compile(rb"# newdoc[ \t\n]")


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: str = "utf-8",
    skip: int = 0,
    member: str = "",
    _block_bytes: int = BLOCK,
) -> Corpus:
    """The words of a file with the tags of one column (`upos` unless said otherwise) and further columns as layers.

    Columns go by name or by number from 1. Multiword tokens and empty nodes are no words and are left out.
    `encoding` is that of the file, `skip` leaves out so many lines at its start, `member` is a file of a zip.
    `DataError` names file, line and what was expected.
    """
    tag_column = _column(path, tags or "upos")
    layer_columns = {name.lower(): _column(path, name) for name in features}
    if len({_FORM, tag_column, *layer_columns.values()}) < 2 + len(features):
        raise DataError(f"{path}: words (form), tags and features must be different columns")
    growing = GrowingCorpus(path)
    for block in blocks(TextFile(path, encoding, skip, member), _block_bytes):
        rows = table(block, _LAYOUT)
        words = _words(rows)
        _mark(rows, words, growing)
        layers = {name: rows.cells(column, words) for name, column in layer_columns.items()}
        growing.add(rows.cells(_FORM, words), rows.cells(tag_column, words), layers)
    if growing.tags.index.keys() == {b"_"}:
        raise DataError(f"{path}: has no {COLUMNS[tag_column]} tags, every one is '_'; choose others with ?tags=COLUMN")
    return growing.corpus()


def _column(path: Path, name: str) -> int:
    if name.isdecimal() and 1 <= int(name) <= len(COLUMNS):
        return int(name) - 1
    if name.lower() not in COLUMNS:
        raise DataError(f"{path}: {unknown('column of CoNLL-U', name, COLUMNS, listed='Columns (or 1 to 10)')}")
    return COLUMNS.index(name.lower())


def _words(rows: Table) -> NDArray[np.bool_]:
    """Which rows are words, by a whole number as ID: (rows,)."""
    data = np.frombuffer(rows.block.data, np.uint8)
    starts = rows.starts
    lengths = rows.separators[:, 0] - starts
    words = lengths > 0
    for place in range(min(int(lengths.max(initial=0)), _DIGITS)):
        digit = data[np.minimum(starts + place, len(data) - 1)] - ord("0") < 10  # noqa: PLR2004 -- unsigned: below 0 is large
        words &= digit | (lengths <= place)
    words &= lengths <= _DIGITS
    for row in np.flatnonzero(~words).tolist():
        cell = rows.block.data[starts[row] : starts[row] + lengths[row]]
        words[row] = cell.isdigit()
        if not words[row] and not _NO_WORD.fullmatch(cell):
            raise rows.fault(row, "the ID must be like 3, 3-4 or 3.1")
    return words


def _mark(rows: Table, words: NDArray[np.bool_], growing: GrowingCorpus) -> None:
    """Where sentences end and documents start, as numbers of tokens."""
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(words)]) + growing.tokens
    growing.end(_tokens_before(rows, before, rows.gaps))
    growing.documents.extend(_tokens_before(rows, before, _document_lines(rows)).tolist())


def _document_lines(rows: Table) -> Positions:
    """The numbers of the lines that open a document, from 0."""
    data, starts = np.frombuffer(rows.block.data, np.uint8), rows.line_starts
    comments = np.flatnonzero(data[starts] == ord("#"))
    third = np.minimum(starts[comments] + 2, len(data) - 1)
    likely = comments[data[third] == ord("n")]
    there = [_DOCUMENT.match(rows.block.data, start) is not None for start in starts[likely].tolist()]
    lines: Positions = likely[np.array(there, bool)]
    return lines


def _tokens_before(rows: Table, before: Positions, lines: Positions) -> Positions:
    return before[np.searchsorted(rows.lines, lines)]
