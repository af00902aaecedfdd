"""Layout of a column file, told from its first lines: separator, number of columns, header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from seqbench import DataError, UsageError
from seqbench_datasets.readers._byte_blocks import Block
from seqbench_datasets.readers._table import Layout

TAB, SPACE = b"\t "
_LOOKED_AT = 100
_NAMED = {"": None, "tab": "\t", "space": " ", "blank": "blank"}
_WORDS = frozenset({"token", "tokens", "word", "words", "form"})
_NUMBERS = re.compile(r"#|id|idx|index|no|n|(token|word|line)[ _-]?(id|idx|no|#)|", re.IGNORECASE)
_OTHERS = re.compile(
    r"pos|u?pos_?tag|[ux]pos|tags?|ner(_tags?)?|ne|label|chunk|lemma|iob|bio|nel?-[\w-]+|misc|o?gold", re.IGNORECASE
)


_TAGS = re.compile(r"tags?|ner(_tags?)?|ne(-[\w-]+)?|label|iob|bio", re.IGNORECASE)
_REMARKS = "misc"


@dataclass(frozen=True)
class Choice:
    """Wishes on a column file: columns by number from 1 or by name, and how its lines are written.

    `header`: whether the first line names the columns, None where that is to be found out.
    """

    tags: str | None = None
    features: tuple[str, ...] = ()
    words: str = ""
    header: bool | None = None
    comments: str = ""
    separator: str = ""
    skip_bad: bool = False


@dataclass(frozen=True)
class Seen:
    """Findings in the first lines: the layout, names of columns (none without a header), and the header's line."""

    layout: Layout
    names: tuple[str, ...] = ()
    header: int | None = None


def seen(block: Block, choice: Choice) -> Seen | None:
    """The layout that most of the first lines show; None while there is no line with a token."""
    rows = list(first_rows(block, choice.comments.encode()))
    if not rows:
        return None
    separator = _separator(choice.separator, [row for _, row in rows])
    counts = [_columns(row, separator) for _, row in rows]
    columns = Counter(counts).most_common(1)[0][0]
    line = block.line + rows[counts.index(columns)][0]
    first = _cells(rows[0][1], separator)
    named = counts[0] == columns and _names_columns(first) if choice.header is None else choice.header
    header = rows[0][0] if named else None
    names = tuple(first) if header is not None else ()
    width = len(names) if choice.header else columns
    called = {TAB: "TAB", SPACE: "spaces"}.get(separator, repr(chr(separator)))
    return Seen(Layout(separator, width, choice.comments.encode(), f"{called}, as in line {line}"), names, header)


def column(path: Path, first_lines: Seen, name: str, use: str) -> int:
    """The number, from 0, of a column that goes by number from 1, or by the name that the header has for it."""
    columns, names = first_lines.layout.columns, [known.casefold() for known in first_lines.names]
    if name.casefold() in names:
        return names.index(name.casefold())
    if name.isdecimal() and 1 <= int(name) <= columns:
        return int(name) - 1
    named = f", or one of {', '.join(first_lines.names)}" if first_lines.names else ""
    raise DataError(f"{path}: has no column {name!r} for {use}; choose a number from 1 to {columns}{named}")


def words_column(first_lines: Seen) -> int:
    """The column of the words by its name in the header, else the first."""
    return next((i for i, name in enumerate(first_lines.names) if name.casefold() in _WORDS), 0)


def tags_column(first_lines: Seen) -> tuple[int, str | None]:
    """The last column, and no note; but where the header calls that one remarks, the first of tags, and a note."""
    last, names = first_lines.layout.columns - 1, first_lines.names
    if names and names[-1].casefold() == _REMARKS:
        named = next((number for number, name in enumerate(names[:-1]) if number and _TAGS.fullmatch(name)), None)
        if named is not None:
            return named, f"the tags are column {names[named]!r}, not {names[-1]!r}; ?tags= names another"
    return last, None


def first_rows(block: Block, comments: bytes) -> Iterator[tuple[int, bytes]]:
    """The first lines with cells, each with its number in the block."""
    start, taken = 0, 0
    for number in range(block.data.count(b"\n")):
        end = block.data.find(b"\n", start)
        line = block.data[start:end]
        start = end + 1
        if line.strip(b" \t\r") and not (comments and line.startswith(comments)):
            yield number, line
            taken += 1
            if taken >= _LOOKED_AT:
                return


def _separator(name: str, rows: Sequence[bytes]) -> int:
    """The byte between cells: TAB where most lines have one, else the space."""
    character = _NAMED.get(name, name)
    if character is None:
        return TAB if 2 * sum(b"\t" in row for row in rows) >= len(rows) else SPACE
    if character == "blank":
        return SPACE
    if len(character) != 1 or not character.isascii() or character.isalnum() or character in "\r\n":
        raise UsageError(f"the separator must be tab, space, blank (both) or one ASCII character, was: {name!r}")
    return ord(character)


def _columns(row: bytes, separator: int) -> int:
    return len(_cells(row, separator))


def _cells(row: bytes, separator: int) -> list[str]:
    text = row.decode()
    return (
        re.split(r"[ ]+", text.strip(" \t\r"))
        if separator == SPACE
        else [c.strip(" \r") for c in text.split(chr(separator))]
    )


def _names_columns(cells: Sequence[str]) -> bool:
    """Whether cells are surely names of columns: perhaps of numbers, then of words, then of tags."""
    rest = cells[1:] if len(cells) > 2 and _NUMBERS.fullmatch(cells[0]) else cells  # noqa: PLR2004 -- numbers, words, tags
    first = rest[0].casefold() in _WORDS
    others = [cell for cell in rest[1:] if cell.casefold() not in _WORDS]  # a name may stand twice
    return first and bool(others) and all(map(_OTHERS.fullmatch, others))
