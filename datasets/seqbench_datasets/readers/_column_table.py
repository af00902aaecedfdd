"""Rows of column files: which columns are words, tags and layers, and where sentences and documents begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from seqbench import Corpus, DataError
from seqbench_datasets.readers._bad_lines import BadLines, MalformedError
from seqbench_datasets.readers._brackets import iob2_of_brackets
from seqbench_datasets.readers._byte_blocks import BLOCK, Block, TextFile, blocks
from seqbench_datasets.readers._cell_index import Cells
from seqbench_datasets.readers._column_names import refuse_doubled
from seqbench_datasets.readers._growing_arrays import GrowingCorpus
from seqbench_datasets.readers._layout import (
    SPACE,
    TAB,
    Choice,
    Seen,
    column,
    seen,
    tags_column,
    words_column,
)
from seqbench_datasets.readers._other_formats import refuse_other_formats
from seqbench_datasets.readers._special_lines import SpecialLines
from seqbench_datasets.readers._table import Table, UnevenError, table

_CONLLU, _PAIR = 10, 2  # columns: of CoNLL-U, and of the word and its tag alone
_WIDE_SPACES = (b"\xc2\xa0", b"\xe3\x80\x80")  # U+00A0 and U+3000 in UTF-8
_COUNTED = 5000  # tokens whose first cell is looked at


@dataclass(frozen=True)
class Space:
    """Bytes of a block, and a folder for arrays of ids where these are not to stay in memory."""

    block: int = BLOCK
    folder: Path | None = None


def read_columns(file: TextFile, choice: Choice, space: Space = Space()) -> Corpus:
    """Corpus of a column file, read by blocks. Raises `DataError` with file, line and expectation."""
    try:
        return _Reading(file, choice, space).corpus()
    except MalformedError as error:
        uneven = isinstance(error, UnevenError) and not choice.separator
        mixed = _read_at_all_blanks(file, choice, space) if uneven else None
        if mixed is None:
            return _without_bad_lines(file, choice, space, error)
        note = f"cells are separated by TABs and by spaces ({str(error).removeprefix(f'{file.path}:')})"
        return replace(mixed, notes=(*mixed.notes, note))


def _without_bad_lines(file: TextFile, choice: Choice, space: Space, error: MalformedError) -> Corpus:
    """The corpus without malformed lines. Raises `DataError`, which counts them, unless that is asked for."""
    bad = BadLines(choice.skip_bad)
    reading = _Reading(file, choice, space, bad)
    try:
        corpus = reading.corpus()
    except DataError:
        if bad.skipped:
            raise
        corpus = None
    if corpus is not None and not bad.skipped and isinstance(error, UnevenError) and reading.is_like_text(corpus):
        raise DataError(f"{error}; for plain text, a sentence a line, write '{file.path}?reader=text'") from error
    return bad.settled(corpus, error)


def _read_at_all_blanks(file: TextFile, choice: Choice, space: Space) -> Corpus | None:
    """The corpus where TABs and spaces are mixed, None where that reading fails too, or there is no such mixture."""
    reading = _Reading(file, replace(choice, separator="blank"), space)
    try:
        corpus = reading.corpus()
    except DataError:
        return None
    return corpus if reading.mixed else None


@dataclass
class _Reading:
    """One pass over a file."""

    file: TextFile
    choice: Choice
    space: Space
    bad: BadLines | None = None
    growing: GrowingCorpus = field(init=False)
    special: SpecialLines = field(default_factory=SpecialLines)
    seen: Seen | None = None
    columns: list[int] = field(default_factory=list)
    mixed: bool = False
    empty: int = 0

    def __post_init__(self) -> None:
        self.growing = GrowingCorpus(self.file.path, self.space.folder)

    def corpus(self) -> Corpus:
        """The corpus that the file holds."""
        for block in blocks(self.file, self.space.block):
            self._add(self.special.without(block), block)
        corpus = self.growing.corpus()
        notes = [*self.special.notes(), *corpus.notes]
        tags = iob2_of_brackets(corpus.tags)
        if tags is not None:
            corpus = replace(corpus, tags=tags)
            notes.append("tags such as '(PER*' and '*)' are spans in brackets: they are read as IOB2")
        if self.empty:
            notes.append(f"{self.empty:,} empty words are read as '_'")
        return replace(corpus, notes=tuple(notes))

    def is_like_text(self, corpus: Corpus) -> bool:
        """Whether the lines are rather sentences than tokens: most are no rows, or no empty line is among long ones."""
        if self.bad is None or self.seen is None or self.choice.separator or self.choice.tags:
            return False
        columns, spaced = self.seen.layout.columns, self.seen.layout.separator == SPACE
        return spaced and (self.bad.count > corpus.tokens or (columns > _PAIR and len(corpus) == 1))

    def _add(self, block: Block, whole: Block) -> None:
        if self.choice.separator == "blank":
            self.mixed = self.mixed or b"\t" in block.data
            block = replace(block, data=block.data.replace(b"\t", b" "))
        first = self.seen is None
        self.seen = self.seen or seen(block, self.choice)
        if self.seen is None:
            self.growing.documents.extend([self.growing.tokens] * len(self.special.documents))
            return
        if first and self.seen.header is not None:
            block = _without_line(block, self.seen.header)
        spaced = self.seen.layout.separator == SPACE
        if first:
            refuse_other_formats(whole, block, self.seen, self.choice)
        rows = table(_single_spaced(block) if spaced else block, self.seen.layout, self.bad)
        if first:
            self.columns = self._chosen(rows, self.seen)
        if self.bad is not None:
            rows = rows.without(rows.empty(self.columns[1:]), self.bad)
        words, tag_cells, *layers = (self._cells(rows, number) for number in self.columns)
        self._mark(rows)
        self.growing.add(
            words, tag_cells, dict(zip(self.choice.features, layers, strict=True)), rows.lines + block.line
        )

    def _cells(self, rows: Table, number: int) -> Cells:
        if number != self.columns[0] or len(rows.starts) == 0:
            return rows.cells(number)
        starts, ends = rows.bounds(number)
        empty = starts == ends
        if not empty.any() or rows.separators.shape[1] == 0:
            return rows.cells(number)
        self.empty += int(np.count_nonzero(empty))
        return _with_underscores(rows.block.data, starts, ends)

    def _chosen(self, rows: Table, first_lines: Seen) -> list[int]:
        """The columns of words, tags and features, from 0."""
        path, choice = self.file.path, self.choice
        if first_lines.layout.columns == 1:
            wide = any(space in rows.block.data for space in _WIDE_SPACES)
            why = "; no-break and wide spaces (U+00A0, U+3000) are no ends of columns: replace them" * wide
            raise DataError(f"{path}: has one column, expected at least two: the word and its tag{why}")
        words = column(path, first_lines, choice.words, "words") if choice.words else self._words(rows, first_lines)
        tags = column(path, first_lines, choice.tags, "tags") if choice.tags else self._tags(rows, first_lines)
        chosen = [words, tags, *(column(path, first_lines, name, "features") for name in choice.features)]
        wishes = (choice.words, choice.tags or "", *choice.features)
        refuse_doubled(str(path), first_lines.names, zip(chosen, wishes, strict=True))
        if len(set(chosen)) < len(chosen):
            raise DataError(f"{path}: words (column {words + 1}), tags and features must be different columns")
        if first_lines.header is not None and not choice.header:
            self.growing.notes.append(f"the first line names the columns: {', '.join(first_lines.names)}")
        return chosen

    def _tags(self, rows: Table, first_lines: Seen) -> int:
        """The column of the tags: not the last where lines only end in a TAB."""
        number, note = tags_column(first_lines)
        self.growing.notes += [note] if note else []
        return self._filled(rows, first_lines, number, -1)

    def _filled(self, rows: Table, first_lines: Seen, number: int, step: int) -> int:
        """The column, or the one beside it where it is empty in all rows, which a note tells."""
        if first_lines.names or first_lines.layout.columns <= _PAIR or not len(rows.starts):
            return number
        starts, ends = rows.bounds(number)
        if (starts != ends).any():
            return number
        what = "words" if step > 0 else "tags"
        self.growing.notes.append(f"column {number + 1} is empty, so that the {what} are column {number + step + 1}")
        return number + step

    def _words(self, rows: Table, first_lines: Seen) -> int:
        """The column of the words: not the first where that counts the tokens of each sentence."""
        if first_lines.names or first_lines.layout.columns <= _PAIR or not _counts(rows):
            return self._filled(rows, first_lines, words_column(first_lines), 1)
        if first_lines.layout.columns == _CONLLU:
            way = "; read it with ?reader=conllu, or" if first_lines.layout.separator == TAB else " between spaces;"
            raise DataError(f"{self.file.path}: has the ten columns of CoNLL-U{way} name its columns: ?words=2&tags=4")
        self.growing.notes.append("column 1 counts the tokens of each sentence, so that the words are column 2")
        return 1

    def _mark(self, rows: Table) -> None:
        """Where sentences end and documents start, as numbers of tokens."""
        tokens = self.growing.tokens
        self.growing.end(np.searchsorted(rows.lines, rows.gaps) + tokens)
        opened = np.searchsorted(rows.lines, np.array(self.special.documents, np.int64)) + tokens
        self.growing.documents.extend(opened.tolist())


def _without_line(block: Block, line: int) -> Block:
    """The block with blanks in place of a line."""
    start = 0
    for _ in range(line):
        start = block.data.find(b"\n", start) + 1
    end = block.data.find(b"\n", start)
    return replace(block, data=block.data[:start] + b" " * (end - start) + block.data[end:])


def _single_spaced(block: Block) -> Block:
    data = block.data
    if b"  " in data or b" \n" in data or b"\n " in data or data.startswith(b" "):
        data = re.sub(rb" *\n *", b"\n", re.sub(rb" {2,}", b" ", data.lstrip(b" ")))
    return replace(block, data=data)


def _counts(rows: Table) -> bool:
    """Whether the first cells of the first rows count the tokens of each sentence, from 0 or 1."""
    starts, ends = (bounds[:_COUNTED].tolist() for bounds in rows.bounds(0))
    if not starts or rows.block.data[starts[0] : ends[0]] not in {b"0", b"1"}:
        return False
    cells = [rows.block.data[start:end] for start, end in zip(starts, ends, strict=True)]
    words = [cell for cell in cells if re.fullmatch(rb"\d{1,9}", cell)]
    others = sum(re.fullmatch(rb"\d+[-.]\d+", cell) is not None for cell in cells)
    if len(words) + others < len(cells):
        return False
    numbers, begin = [int(word) for word in words], int(cells[0])
    follows = [after in {before + 1, begin} for before, after in pairwise(numbers)]
    return all(follows) and begin + 1 in numbers


def _with_underscores(data: bytes, starts: np.ndarray, ends: np.ndarray) -> Cells:
    """The cells of words, `_` in place of empty ones."""
    empty = starts == ends
    starts, ends = starts.copy(), ends.copy()
    starts[empty], ends[empty] = len(data), len(data) + 1
    return Cells(data + b"_", starts, ends)
