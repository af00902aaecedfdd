"""A text file as blocks of whole lines, plain or gzip: what is wrong with its bytes is said with the line."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from seqbench import DataError

BLOCK = 1 << 21
"""Bytes read at once: enough for vectors to pay, little enough for memory to stay small."""

_BOM = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 15  # bytes decoded at once, to see whether they can be: small strings take no new memory


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


def blocks(path: Path, size: int = BLOCK) -> Iterator[Block]:
    r"""The file's lines in blocks of about `size` bytes; `\r` before a newline and a byte order mark are left out.

    `DataError` for a file that is not there, cannot be read, is cut-off gzip or is not UTF-8; lines before the fault
    come first, so that of several mistakes the first is told.
    """
    line = 1
    for lines in _whole_lines(_reads(path, size)):
        data = lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines
        readable = _readable(data)
        valid = data.rfind(b"\n", 0, readable) + 1
        if valid:
            yield Block(path, data[:valid], line)
        line += int(np.count_nonzero(np.frombuffer(data, np.uint8, valid) == ord("\n")))
        if readable < len(data):
            raise DataError(f"{path}:{line}: not UTF-8: byte 0x{data[readable]:02x}; convert the file first")


def _whole_lines(reads: Iterator[bytes]) -> Iterator[bytes]:
    """Bytes cut behind newlines; the last line gets one if it has none."""
    begun: list[bytes] = []
    for data in reads:
        end = data.rfind(b"\n") + 1
        if end:
            yield b"".join([*begun, data[:end]])
            begun = []
        begun.append(data[end:])
    if rest := b"".join(begun):
        yield rest + b"\n"


def _reads(path: Path, size: int) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            begin = file.peek(len(_GZIP))
            packed = begin.startswith(_GZIP) or (path.suffix == ".gz" and begin)
            stream = gzip.GzipFile(fileobj=file) if packed else file
            yield stream.read(max(size, len(_BOM))).removeprefix(_BOM)
            while data := stream.read(size):
                yield data
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path}: broken gzip file, cut off or changed: {error}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error


def _readable(data: bytes) -> int:
    """How many bytes come before the first one that is not UTF-8; the last byte is a newline."""
    view, place = memoryview(data), 0
    while place < len(data):
        try:
            place += codecs.utf_8_decode(view[place : place + _PIECE], "strict", False)[1]  # noqa: FBT003 -- not final
        except UnicodeDecodeError as error:
            return place + error.start
    return place
