"""A text file as blocks of whole lines of UTF-8, however it is packed and encoded; faults are named with the line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np

from seqbench import DataError, UsageError, unpacked

Encoding = Annotated[str, "encoding of the file"]
Skip = Annotated[int, "lines to leave out at the start"]
Member = Annotated[str, "file to read inside a zip"]
SkipBad = Annotated[Literal[0, 1], "1: malformed lines are left out, and counted"]

BLOCK = 1 << 21
"""Bytes read at once: enough for vectors to pay, little enough for memory to stay small."""
LONGEST_LINE = 1 << 26
"""Bytes that a line may have."""

_BOM = b"\xef\xbb\xbf"
_OTHER_MARKS = (  # of UTF-32 first, for it begins as that of UTF-16 does
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PIECE = 1 << 15  # bytes decoded at once, to see whether they can be: small strings take no new memory
_MOSTLY = 0.4  # of the first bytes are NUL where each second one is


@dataclass(frozen=True)
class TextFile:
    """A file of text: its encoding, the number of lines that are skipped at its start, its name inside a zip."""

    path: Path
    encoding: str = "utf-8"
    skip: int = 0
    member: str = ""


@dataclass(frozen=True)
class Block:
    """Whole lines of valid UTF-8, each ended by one newline; `line` is the number of the first, from 1."""

    path: Path
    data: bytes
    line: int

    def fault(self, line: int, what: str) -> DataError:
        """The error for what is wrong in the line that is the `line`-th of this block, from 0."""
        return DataError(f"{self.path}:{self.line + line}: {what}")

    def text(self, start: int, end: int, most: int = 60) -> str:
        """The bytes from start to end, quoted, cut where they are long."""
        text = self.data[start:end].decode()
        return repr(text if len(text) <= most else text[:most] + "…")


def blocks(file: TextFile, size: int = BLOCK) -> Iterator[Block]:
    r"""The file's lines in blocks of about `size` bytes; `\r` before a newline and a byte order mark are left out.

    `DataError` for a file that is not there, cannot be read, is cut off, is not of its encoding, or has a line of more
    than `LONGEST_LINE` bytes; lines before the fault come first, so that of several mistakes the first is named.
    """
    path, line = file.path, 1
    if file.skip < 0:
        raise UsageError(f"{path}: ?skip= must be 0 lines or more, was: {file.skip}")
    try:
        for lines in _whole_lines(_with_newlines(_in_utf8(file, size))):
            data = re.sub(rb"\r+\n", b"\n", lines) if b"\r" in lines else lines
            readable = _readable(data)
            valid = data.rfind(b"\n", 0, readable) + 1
            skipped = _behind(data, file.skip - line + 1)
            if valid > skipped:
                yield Block(path, data[skipped:valid], max(line, file.skip + 1))
            line += int(np.count_nonzero(np.frombuffer(data, np.uint8, valid) == ord("\n")))
            if readable < len(data):
                byte = f"byte 0x{data[readable]:02x}"
                way = "name its encoding: ?encoding=latin-1 (or cp1252, ...)"
                raise DataError(f"{path}:{line}: not UTF-8: {byte}; {way}")
    except _LongLineError:
        most = LONGEST_LINE >> 20
        raise DataError(f"{path}:{line}: a line is longer than {most} MB; is this a text file?") from None


class _LongLineError(Exception):
    """A line longer than `LONGEST_LINE`."""


def _behind(data: bytes, lines: int) -> int:
    """The place behind so many lines."""
    position = 0
    for _ in range(lines):
        position = data.find(b"\n", position) + 1
        if not position:
            return len(data)
    return position


def _whole_lines(reads: Iterator[bytes]) -> Iterator[bytes]:
    """Blocks cut behind newlines; the last line gets one if it has none."""
    begun: list[bytes] = []
    waiting = 0
    for data in reads:
        end = data.rfind(b"\n") + 1
        if end:
            yield b"".join([*begun, data[:end]])
            begun, waiting = [], 0
        begun.append(data[end:])
        waiting += len(data) - end
        if waiting > LONGEST_LINE:
            raise _LongLineError
    if rest := b"".join(begun):
        yield rest + b"\n"


def _with_newlines(reads: Iterator[bytes]) -> Iterator[bytes]:
    r"""Blocks whose lines end at `\n`, also where those of the file all end at `\r`."""
    first = next(reads, b"")
    if b"\r" not in first or b"\n" in first:
        yield first
        yield from reads
        return
    begun = [first]  # `\r` alone ends lines only in a file without any newline near its start
    for data in reads:
        if b"\n" in data:
            yield from [*begun, data, *reads]
            return
        begun.append(data)
        if sum(map(len, begun)) > LONGEST_LINE:
            break
    yield from (data.replace(b"\r", b"\n") for data in [*begun, *reads])


def _in_utf8(file: TextFile, size: int) -> Iterator[bytes]:
    """The bytes of a file in UTF-8 without a byte order mark; those that should be UTF-8 are not looked at yet."""
    reads = unpacked(file.path, max(size, len(_BOM)), file.member)
    if file.encoding.replace("_", "-").casefold() not in {"utf-8", "utf8", "utf-8-sig"}:
        yield from _decoded(file, reads)
        return
    first = next(reads, b"")
    if other := _other_encoding(first):
        raise DataError(f"{file.path}:1: is {other[:6].upper()}, not UTF-8; name it: ?encoding={other}")
    yield first.removeprefix(_BOM)
    yield from reads


def _other_encoding(begin: bytes) -> str:
    """Name of the encoding of 16 or 32 bits that the first bytes are in; empty where that is not sure."""
    for mark, name in _OTHER_MARKS:
        if begin.startswith(mark):
            return name
    head = begin[:200]
    if head.count(0) <= _MOSTLY * max(len(head), 1):
        return ""
    width = 32 if head.count(0) > (1 + _MOSTLY) / 2 * len(head) else 16
    return f"utf-{width}-{'be' if head[0] == 0 else 'le'}"


def _decoded(file: TextFile, reads: Iterator[bytes]) -> Iterator[bytes]:
    line = 1
    try:
        "".encode(file.encoding)  # raises LookupError for codecs of other things than text
        decoder = codecs.getincrementaldecoder(file.encoding)()
        for data in reads:
            text = decoder.decode(data)
            yield text.removeprefix("\ufeff").encode() if line == 1 else text.encode()
            line += text.count("\n")
        yield decoder.decode(b"", final=True).encode()
    except LookupError as error:
        raise DataError(f"{file.path}: no encoding is called {file.encoding!r}; try latin-1, cp1252, utf-16") from error
    except UnicodeError as error:
        raise DataError(f"{file.path}:{line}: not {file.encoding}, in this line or behind it: {error}") from error


def _readable(data: bytes) -> int:
    """How many bytes come before the first one that is not UTF-8; the last byte is a newline."""
    view, position = memoryview(data), 0
    while position < len(data):
        try:
            position += codecs.utf_8_decode(view[position : position + _PIECE], "strict", False)[1]  # noqa: FBT003 -- not final
        except UnicodeDecodeError as error:
            return position + error.start
    return position
