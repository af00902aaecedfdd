"""File calls of the run folder: a file is written whole or not at all, and read in one go.

All of them are in this module, so that a test can let each call fail once.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from seqbench.data.regular_files import descriptor_of
from seqbench.errors import StoreError
from seqbench.results.process_identity import temporary

_AT_ONCE = 1 << 20
_LARGEST = 1 << 30
_WRITING = os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def content_of(path: str) -> bytes:
    """All bytes of a file, without the layers that help with large ones.

    Raises `OSError`, also if the file is no regular one (a device or pipe may never end) or larger than a gigabyte.
    """
    descriptor = descriptor_of(path)
    try:
        size = os.fstat(descriptor).st_size
        if size > _LARGEST:
            raise OSError(f"it has {size:,} bytes, more than any file of a run")
        parts = []
        while part := os.read(descriptor, min(_AT_ONCE, size + 1)):  # no more than it takes: room costs time
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def holds_something(path: str) -> bool:
    """Whether there is a regular file that is not empty: of a machine that lost power, a file may have no content."""
    try:
        about = os.stat(path)  # noqa: PTH116 -- of thousands of trials a `Path` takes several times as long
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(about.st_mode) and about.st_size > 0


def write_whole(path: Path, content: bytes) -> None:
    """Write by a temporary name, fsync and rename, then fsync the folder. Raises `OSError`."""
    unfinished = temporary(path)
    try:
        write_through(unfinished, content)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_through(path: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file, which may have to be `new`, and wait until it is on the disk. Raises `OSError`.

    The calls are those of `os`, so that a test can let each of them fail.
    """
    descriptor = os.open(path, _WRITING | (os.O_EXCL if new else os.O_TRUNC), 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names of a folder's files are on the disk. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link(path: Path, name: Path) -> None:
    """Give a file a further name. Raises `FileExistsError` if something has it, or another `OSError`."""
    os.link(path, name)


def remove(path: Path) -> None:
    """Remove a file, if it is there. Raises `OSError`."""
    path.unlink(missing_ok=True)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Raises `StoreError` for an `OSError`, with the one message about a run folder that a user needs."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        message = f"cannot use the run folder {str(folder)!r}: {why}; finished trials are kept, "
        raise StoreError(message + "and once this is put right the same command goes on") from error
