"""Opening of files as data: only regular ones, since a pipe or device may never end, or wait for ever."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

NOT_REGULAR = "it is no regular file, but a folder, pipe or device"
_READING = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def descriptor_of(path: str | Path) -> int:
    """Open descriptor of a regular file, for reading. Raises `OSError` at once if the file is no regular one."""
    descriptor = os.open(path, _READING)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(NOT_REGULAR)


def opened(path: Path, buffering: int = io.DEFAULT_BUFFER_SIZE) -> io.BufferedReader:
    """Regular file, open for reading bytes. Raises `OSError` at once if the file is no regular one."""
    return io.BufferedReader(io.FileIO(descriptor_of(path)), buffering)


def check_regular(path: Path) -> None:
    """Raises `OSError` if a path is, or a folder holds, a pipe or device."""
    for file in (path, *path.rglob("*")):
        if file.exists() and not file.is_file() and not file.is_dir():
            raise OSError(f"{str(file)!r} is no regular file, but a pipe or device")
