"""A file of any size opened for reading, unpacked where its first bytes say that it is packed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import cast

from seqbench.data import regular_files
from seqbench.errors import DataError

PEEKED = 1 << 16
"""Bytes that can be looked at before they are read."""
_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))


def opened(path: Path, stack: ExitStack) -> io.BufferedReader:
    """Open a file until the stack closes. Raises `DataError` for a zip of several files, `OSError` as `open` does."""
    plain = stack.enter_context(regular_files.opened(path, PEEKED))
    start = plain.peek(6)
    if start.startswith(b"PK\x03\x04"):
        return _of_zip(path, stack.enter_context(zipfile.ZipFile(plain)), stack)
    for magic, unpack in _PACKED:
        if start.startswith(magic):
            return io.BufferedReader(stack.enter_context(unpack(plain)), PEEKED)
    return plain


def _of_zip(path: Path, archive: zipfile.ZipFile, stack: ExitStack) -> io.BufferedReader:
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if len(names) != 1:
        raise DataError(f"{path}: holds {len(names)} files ({', '.join(names[:3])}, ...); unpack the one to read")
    member = cast("io.RawIOBase", stack.enter_context(archive.open(names[0])))
    return io.BufferedReader(member, PEEKED)
