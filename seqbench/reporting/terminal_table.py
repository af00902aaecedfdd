"""A table as a terminal shows it: within its width, numbers whole, what is wide wrapped, and the rest stacked below.

A table that fits stands as it is. Else titles are wrapped; then columns of words; then the columns stand in several
blocks, one below the other, each with the first columns again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from seqbench.reporting.text_width import padded, width, wrapped

_GAP = "  "
_NARROWEST = 16  # columns of text that wrapped words keep
_LISTED = 40  # and that names of a list keep


@dataclass(frozen=True)
class Column:
    """Title and cells of a column, as texts on one line.

    `words`: its cells may be wrapped; `name`: they are, but only after those of all other columns, as a name is copied;
    `listed`: names of a list, which stay whole up to half of a terminal.
    """

    title: str
    cells: Sequence[str]
    words: bool = False
    name: bool = False
    listed: bool = False

    @cached_property
    def widest(self) -> int:
        """Columns of text of the widest cell."""
        return max(map(width, self.cells), default=0)

    @cached_property
    def natural(self) -> int:
        """Columns of text that the column takes as it is."""
        return max(width(self.title), self.widest)

    @cached_property
    def narrow(self) -> int:
        """Columns of text that the column takes when its title is wrapped."""
        return max(self.widest, *(width(word) for word in self.title.split(" ")))

    @cached_property
    def least(self) -> int:
        """Columns of text that the column can do with."""
        return min(self.narrow, _LISTED if self.listed else _NARROWEST) if self.words else self.narrow


def widths(columns: Sequence[Column], available: int | None) -> list[int] | None:
    """Columns of text for each column of a table; None if all together do not fit."""
    natural = [column.natural for column in columns]
    if available is None or _total(natural) <= available:
        return natural
    chosen = [column.narrow for column in columns]
    while _total(chosen) > available:
        spare = [size - column.least for size, column in zip(chosen, columns, strict=True)]
        wide = [number for number, room in enumerate(spare) if room > 0]
        if not wide:
            return None
        index = max(wide, key=lambda number: (not columns[number].name, spare[number], number))
        others = [spare[n] for n in wide if n != index and columns[n].name == columns[index].name]
        chosen[index] -= max(1, min(_total(chosen) - available, spare[index] - max(others, default=0)))
    return chosen


def _total(sizes: Sequence[int]) -> int:
    return sum(sizes) + len(_GAP) * (len(sizes) - 1)


@dataclass(frozen=True)
class Blocks:
    """Blocks of columns that each fit, and the titles of the columns that are not shown."""

    blocks: Sequence[Sequence[Column]]
    left_out: Sequence[str] = ()


def stacked(columns: Sequence[Column], keys: int, groups: Sequence[Sequence[str]], available: int | None) -> Blocks:
    """Blocks of a table whose first columns (`keys` of them) each block begins with.

    A table that does not fit has one block for each group of titles, and what does not fit beside the more important
    ones of its group is left out; without groups there are as many blocks as the columns take.
    """
    if widths(columns, available) is not None:
        return Blocks([columns])
    first, others = list(columns[:keys]), columns[keys:]
    if not groups:
        return Blocks(_filled(first, others, available))
    blocks, left_out = [], []
    for titles in groups:
        fitting, *rest = _filled(first, [column for column in others if column.title in titles], available)
        blocks.append(fitting)
        left_out += [column.title for block in rest for column in block[keys:]]
    return Blocks([block for block in blocks if len(block) > keys], left_out)


def _filled(first: Sequence[Column], others: Sequence[Column], available: int | None) -> list[list[Column]]:
    """Blocks with as many columns as fit into each; at least one, whether it fits or not."""
    blocks = [list(first)]
    for column in others:
        if len(blocks[-1]) > len(first) and widths([*blocks[-1], column], available) is None:
            blocks.append(list(first))
        blocks[-1].append(column)
    return blocks


def printed(blocks: Sequence[Sequence[Column]], available: int | None) -> str:
    """Blocks one below the other; from the second on without rows that are empty there."""
    return "\n\n".join("\n".join(_lines(block, available, first=not n)) for n, block in enumerate(blocks))


def _lines(columns: Sequence[Column], available: int | None, *, first: bool) -> list[str]:
    """Titles, a rule, and the rows of a block."""
    sizes = widths(columns, available) or [column.least for column in columns]
    titles = _row([column.title for column in columns], columns, sizes)
    rule = _GAP.join("-" * size for size in sizes)
    rows = [row for row in zip(*(c.cells for c in columns), strict=True) if first or any(row[1:])]
    return [*titles, rule, *(line for row in rows for line in _row(row, columns, sizes))]


def _row(cells: Sequence[str], columns: Sequence[Column], sizes: Sequence[int]) -> list[str]:
    """Lines of one row: as many as its tallest cell takes."""
    broken = [wrapped(cell, size, breaking=True) for cell, size in zip(cells, sizes, strict=True)]
    height = max(map(len, broken))
    tall = [[*lines, *[""] * (height - len(lines))] for lines in broken]
    return [
        _GAP.join(
            padded(cell, size, right=not column.words) for cell, size, column in zip(line, sizes, columns, strict=True)
        ).rstrip()
        for line in zip(*tall, strict=True)
    ]
