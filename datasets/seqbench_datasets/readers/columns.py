"""Reads column files: one token a line, its columns between TABs or spaces, a blank line after each sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from seqbench import Corpus, DataError
from seqbench_datasets.readers._byte_blocks import BLOCK, Block, blocks
from seqbench_datasets.readers._cell_index import Cells
from seqbench_datasets.readers._growing_arrays import GrowingCorpus
from seqbench_datasets.readers._table import Layout, Table, table

_TAB, _SPACE = b"\t "
_DOCUMENT = b"-DOCSTART-"


def read(path: Path, *, tags: str | None = None, features: tuple[str, ...] = (), block_bytes: int = BLOCK) -> Corpus:
    """The words (first column) with the tags of one column (the last unless said otherwise) and others as layers.

    Columns go by number from 1. Cells are separated by single TABs if the first line has one, else by runs of spaces.
    There are no comments: `#` is a word. `-DOCSTART-` is a word too, and opens a document.
    `DataError` names file, line and what was expected.
    """
    growing, layout = GrowingCorpus(path), None
    for block in blocks(path, block_bytes):
        layout = layout or _layout(block)
        if layout is None:
            continue
        rows = table(_single_spaced(block) if layout.separator == _SPACE else block, layout)
        chosen = _chosen(path, layout.columns, tags, features)
        words, tag_cells, *layers = (rows.cells(column) for column in chosen)
        _mark(rows, words, growing)
        growing.add(words, tag_cells, dict(zip(features, layers, strict=True)))
    return growing.corpus()


def _layout(block: Block) -> Layout | None:
    """The layout that the first line with a token shows; None while there is none."""
    for number, line in enumerate(block.data.split(b"\n")):
        if cells := line.strip(b" \t"):
            tab = b"\t" in line
            columns = line.count(b"\t") + 1 if tab else len(re.split(rb" +", cells))
            expected = f"{'TAB' if tab else 'spaces'}, as in line {block.line + number}"
            return Layout(_TAB if tab else _SPACE, columns, comments=False, expected=expected)
    return None


def _single_spaced(block: Block) -> Block:
    data = block.data
    if b"  " in data or b" \n" in data or b"\n " in data or data.startswith(b" "):
        data = re.sub(rb" *\n *", b"\n", re.sub(rb" {2,}", b" ", data.lstrip(b" ")))
    return replace(block, data=data)


def _chosen(path: Path, columns: int, tags: str | None, features: tuple[str, ...]) -> list[int]:
    """The columns of words, tags and features, from 0."""
    if columns == 1:
        raise DataError(f"{path}: has one column, expected at least two: the word and its tag")
    chosen = [0, *(_column(path, columns, name) for name in (tags or str(columns), *features))]
    if len(set(chosen)) < len(chosen):
        raise DataError(f"{path}: words (column 1), tags and features must be different columns")
    return chosen


def _column(path: Path, columns: int, name: str) -> int:
    if not name.isdecimal() or not 1 <= int(name) <= columns:
        raise DataError(f"{path}: has no column {name!r}; choose a number from 1 to {columns}")
    return int(name) - 1


def _mark(rows: Table, words: Cells, growing: GrowingCorpus) -> None:
    """Where sentences end and documents start, as numbers of tokens."""
    growing.ends.append(np.searchsorted(rows.lines, rows.gaps) + growing.tokens)
    if _DOCUMENT in words.data:
        places = np.flatnonzero(words.ends - words.starts == len(_DOCUMENT))
        marks = [place for place, cell in zip(places, words.sliced(places), strict=True) if cell == _DOCUMENT]
        growing.documents.extend(growing.tokens + int(place) for place in marks)
