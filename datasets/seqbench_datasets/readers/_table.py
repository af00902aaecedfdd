"""The lines of a block as a table of cells: where lines and cells begin and end, found by vectors over the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench_datasets.readers._bad_lines import BadLines, MalformedError
from seqbench_datasets.readers._byte_blocks import Block
from seqbench_datasets.readers._cell_index import Cells, Positions

_NEWLINE, _TAB, _SPACE, _RETURN = b"\n\t \r"


class UnevenError(MalformedError):
    """A line with more or fewer cells than the others."""


@dataclass(frozen=True)
class Layout:
    """Look of a line of tokens: cells between separators, so many of them.

    `comments` opens a line that is left out, empty for none; `expected` says where the number of columns comes from.
    """

    separator: int
    columns: int
    comments: bytes
    expected: str


@dataclass(frozen=True, eq=False)
class Table:
    """The token lines of a block: `lines` (rows,) are their numbers, `starts` and `ends` (rows,) where they lie.

    `separators` (rows, columns - 1) stand between their cells. `gaps` are the numbers of the blank lines, each of which
    ends a sentence; `line_starts` is where each line of the block begins.
    """

    block: Block
    line_starts: Positions
    gaps: Positions
    lines: Positions
    starts: Positions
    ends: Positions
    separators: Positions

    def cells(self, column: int, rows: NDArray[np.bool_] | None = None) -> Cells:
        """The cells of a column, from 0, of all rows or of these, without blanks at their ends; none may be empty."""
        starts, ends = self.bounds(column)
        empty = starts == ends if rows is None else (starts == ends) & rows
        if empty.any():
            raise self.fault(int(empty.argmax()), f"column {column + 1} is empty")
        if rows is None or rows.all():
            return Cells(self.block.data, starts, ends)
        return Cells(self.block.data, starts[rows], ends[rows])

    def bounds(self, column: int) -> tuple[Positions, Positions]:
        """Where the cells of a column begin and end, blanks at their ends left out: (rows,) each."""
        last = column == self.separators.shape[1]
        starts = self.separators[:, column - 1] + 1 if column else self.starts
        ends = self.ends if last else self.separators[:, column]
        letters = np.frombuffer(self.block.data, np.uint8)
        padded = (letters[starts] <= _SPACE).any() or (letters[ends - 1] <= _SPACE).any()
        return _stripped(letters, starts, ends) if padded else (starts, ends)

    def fault(self, row: int, what: str) -> MalformedError:
        """The error for what is wrong in a row, which is shown."""
        line = self.block.text(int(self.starts[row]), int(self.ends[row]))
        return MalformedError(str(self.block.fault(int(self.lines[row]), f"{what}: {line}")))

    def empty(self, columns: Sequence[int]) -> NDArray[np.bool_]:
        """Rows that have an empty cell in one of these columns, from 0: (rows,)."""
        bounds = [self.bounds(column) for column in columns]
        empty: NDArray[np.bool_] = np.logical_or.reduce([starts == ends for starts, ends in bounds])
        return empty

    def without(self, wrong: NDArray[np.bool_], bad: BadLines) -> Table:
        """The table without these rows (rows,), which are counted as malformed."""
        if not wrong.any():
            return self
        _count(self.block, self.lines[wrong], self.starts[wrong], self.ends[wrong], bad)
        kept = ~wrong
        parts = (self.lines[kept], self.starts[kept], self.ends[kept], self.separators[kept])
        return Table(self.block, self.line_starts, self.gaps, *parts)


def table(block: Block, layout: Layout, bad: BadLines | None = None) -> Table:
    """The block's table; `UnevenError` names the first line with more or fewer cells than expected.

    With `bad` such lines are counted there and left out.
    """
    data = np.frombuffer(block.data, np.uint8)
    line_ends = np.flatnonzero(data == _NEWLINE)
    line_starts = np.concatenate([np.zeros(1, np.int64), line_ends[:-1] + 1])
    blank = _blank(block, data, line_starts, line_ends)
    skipped = blank | _comments(block, layout.comments, data[line_starts], line_starts)
    lines = np.flatnonzero(~skipped)
    starts, ends = line_starts[lines], line_ends[lines]
    separators = np.flatnonzero(data == layout.separator)
    between = _aligned(separators, starts, ends, layout.columns - 1)
    if between is None and bad is not None:
        kept = _counts(separators, starts, ends) == layout.columns
        _count(block, lines[~kept], starts[~kept], ends[~kept], bad)
        lines, starts, ends = lines[kept], starts[kept], ends[kept]
    if between is None:
        between = _assigned(block, layout, lines, separators, starts, ends)
    return Table(block, line_starts, np.flatnonzero(blank), lines, starts, ends, between)


def _count(block: Block, lines: Positions, starts: Positions, ends: Positions, bad: BadLines) -> None:
    """Count lines of a block as malformed."""
    for line, start, end in zip(lines.tolist(), starts.tolist(), ends.tolist(), strict=True):
        bad.add(block.line + line, block.data[start:end].decode())


def _rows_of(separators: Positions, starts: Positions, ends: Positions) -> tuple[Positions, NDArray[np.bool_]]:
    """The row of each separator, and whether the separator lies inside of the row."""
    row = np.searchsorted(starts, separators, side="right") - 1
    return row, (row >= 0) & (separators < ends[row]) if len(ends) else np.zeros(len(separators), bool)


def _counts(separators: Positions, starts: Positions, ends: Positions) -> Positions:
    """Number of cells of each row: (rows,)."""
    row, inside = _rows_of(separators, starts, ends)
    return np.bincount(row[inside], minlength=len(starts)) + 1


def _comments(block: Block, opening: bytes, firsts: NDArray[np.uint8], starts: Positions) -> NDArray[np.bool_]:
    """Lines that begin as comments do: (lines,)."""
    comments: NDArray[np.bool_] = firsts == opening[0] if opening else np.zeros(len(starts), bool)
    if len(opening) > 1:
        for line in np.flatnonzero(comments).tolist():
            comments[line] = block.data.startswith(opening, starts[line])
    return comments


def _stripped(letters: NDArray[np.uint8], starts: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Bounds of cells without blanks and carriage returns at their ends."""
    outer = np.isin(np.arange(256), [_SPACE, _RETURN])
    while (moved := (starts < ends) & outer[letters[np.minimum(starts, len(letters) - 1)]]).any():
        starts = starts + moved
    while (moved := (starts < ends) & outer[letters[ends - 1]]).any():
        ends = ends - moved
    return starts, ends


def _blank(block: Block, data: NDArray[np.uint8], starts: Positions, ends: Positions) -> NDArray[np.bool_]:
    """Lines that hold nothing but blanks: (lines,)."""
    blank: NDArray[np.bool_] = starts == ends
    first = data[starts]
    for line in np.flatnonzero((first == _TAB) | (first == _SPACE)).tolist():
        blank[line] = not block.data[starts[line] : ends[line]].strip(b" \t")
    return blank


def _aligned(separators: Positions, starts: Positions, ends: Positions, each: int) -> Positions | None:
    """The separators as (rows, each) where every row has its own, the usual case; None where that does not hold."""
    if len(separators) != len(starts) * each:
        return None
    between = separators.reshape(len(starts), each)
    if each and ((between[:, 0] < starts).any() or (between[:, -1] >= ends).any()):
        return None
    return between


def _assigned(  # noqa: PLR0913, PLR0917 -- the parts of one computation
    block: Block, layout: Layout, lines: Positions, separators: Positions, starts: Positions, ends: Positions
) -> Positions:
    """The separators where other lines have some too; a row with too many or too few of them is the error."""
    row, inside = _rows_of(separators, starts, ends)
    counts = np.bincount(row[inside], minlength=len(starts)) + 1
    wrong = np.flatnonzero(counts != layout.columns)
    if len(wrong):
        first = int(wrong[0])
        line = block.text(int(starts[first]), int(ends[first]))
        columns = f"{counts[first]} column{'s' * (int(counts[first]) != 1)}"
        what = f"{columns}, expected {layout.columns} ({layout.expected}): {line}"
        raise UnevenError(str(block.fault(int(lines[first]), what)))
    return separators[inside].reshape(len(starts), layout.columns - 1)
