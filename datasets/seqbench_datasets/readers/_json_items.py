"""Items of JSON, each with the line where it begins: one a line, in a list, or objects that go over several lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NoReturn, TypeAlias

from seqbench import DataError, StrictDecoder
from seqbench_datasets.readers._byte_blocks import TextFile
from seqbench_datasets.readers._sentences import numbered_lines

Item: TypeAlias = tuple[int, str, Callable[[], object]]
"""Line, a text to show, and a function that parses the item or raises `DataError`."""

_DEEP = (ValueError, RecursionError)
_BLANK = re.compile(r"\s*")
_SHOWN = 60
_DECODER = StrictDecoder()
_LENIENT = json.JSONDecoder()  # finds where values end, whatever names they have


def json_items(file: TextFile) -> Iterator[Item]:
    """The items of a file in their order. Raises `DataError`, with the line, where a list is no JSON."""
    numbered = numbered_lines(file)
    first = next(((number, line) for number, line in numbered if line.strip()), None)
    if first is None:
        return
    number, line = first
    begin = line.lstrip()[:1]
    if begin == "[" or (begin == "{" and not _is_json(line)):
        rest = list(numbered)
        text = "\n".join([line, *(later for _, later in rest)])
        if begin == "[" or _goes_over_lines(text):
            yield from _listed(file.path, number, text, text.index("[") + 1 if begin == "[" else None)
            return
        numbered = iter(rest)
    for number, line in chain([first], numbered):
        if line.strip():
            yield number, line, partial(_parsed, f"{file.path}:{number}", line)


def _parsed(where: str, text: str) -> object:
    try:
        content: object = _DECODER.decode(text)
    except _DEEP as error:
        raise DataError(f"{where}: no JSON: {error}") from error
    return content


def _is_json(text: str) -> bool:
    try:
        _LENIENT.decode(text)
    except _DEEP:
        return False
    return True


def _goes_over_lines(text: str) -> bool:
    """Whether the first value ends behind the first line."""
    try:
        _, end = _LENIENT.raw_decode(text, _behind_blanks(text, 0))
    except _DEEP:
        return False
    return "\n" in text[:end]


def _behind_blanks(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _listed(path: Path, first: int, text: str, inside: int | None) -> Iterator[Item]:
    """The items of a list that begins before a place of the text; without one, values behind each other."""
    position, line, counted, number = _behind_blanks(text, inside or 0), first, 0, 0
    while position < len(text) and not (inside is not None and number == 0 and text[position] == "]"):
        line, counted, number = line + text.count("\n", counted, position), position, number + 1
        try:
            _, end = _LENIENT.raw_decode(text, position)
        except _DEEP as error:
            _refuse(path, first, text, getattr(error, "pos", position), str(getattr(error, "msg", error)))
        item = text[position:end]
        yield line, f"item {number}: {item[:_SHOWN]}", partial(_parsed, f"{path}:{line}", item)
        position = _behind_blanks(text, end)
        if inside is not None:
            if text[position : position + 1] != ",":
                break
            position = _behind_blanks(text, position + 1)
    if inside is not None:
        _check_end(path, first, text, position)


def _check_end(path: Path, first: int, text: str, position: int) -> None:
    """Raises `DataError` unless the list ends there, and nothing is behind it."""
    if text[position : position + 1] != "]":
        _refuse(path, first, text, position, "expected ',' or ']'")
    behind = _behind_blanks(text, position + 1)
    if behind < len(text):
        _refuse(path, first, text, behind, "something stands behind the end of the list")


def _refuse(path: Path, first: int, text: str, position: int, what: str) -> NoReturn:
    raise DataError(f"{path}:{first + text.count(chr(10), 0, position)}: no JSON: {what}")
