"""A text file as blocks of whole lines, plain or gzip: what is wrong with its bytes is said with the line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from seqbench import DataError

BLOCK = 1 << 23
"""Bytes read at once: enough for vectors to pay, little enough for memory to stay small."""

_BOM = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"


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
        text = self.data[start:end].decode("utf-8", "replace")
        return repr(text if len(text) <= most else text[:most] + "…")


def blocks(path: Path, size: int = BLOCK) -> Iterator[Block]:
    r"""The file's lines in blocks of about `size` bytes; `\r` before a newline and a byte order mark are left out.

    `DataError` for a file that is not there, cannot be read, is cut-off gzip or is not UTF-8.
    """
    line, rest = 1, b""
    for data in _reads(path, size):
        end = data.rfind(b"\n") + 1
        if not end:
            rest += data
            continue
        block = _block(path, rest + data[:end] if rest else data[:end], line)
        yield block
        line += block.data.count(b"\n")
        rest = data[end:]
    if rest:
        yield _block(path, rest + b"\n", line)


def _reads(path: Path, size: int) -> Iterator[bytes]:
    try:
        with _opened(path) as file:
            yield file.read(max(size, len(_BOM))).removeprefix(_BOM)
            while data := file.read(size):
                yield data
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path}: broken gzip file, probably cut off: {error}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    if path.suffix == ".gz" and not packed and path.stat().st_size:
        raise gzip.BadGzipFile("it does not start like one")
    return cast("BinaryIO", gzip.open(path)) if packed else path.open("rb")


def _block(path: Path, data: bytes, line: int) -> Block:
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
    try:
        if not data.isascii():
            data.decode()
    except UnicodeDecodeError as error:
        line += data.count(b"\n", 0, error.start)
        raise DataError(f"{path}:{line}: not UTF-8: byte 0x{data[error.start]:02x}; convert the file first") from error
    return Block(path, data, line)
