"""File calls of the run folder: a file is written whole or not at all, and read in one go.

All of them are in this module, so that a test can let each call fail once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seqbench.errors import StoreError
from seqbench.results.process_identity import temporary

_AT_ONCE = 1 << 20


def content_of(path: str) -> bytes:
    """All bytes of a small file, without the layers that help with large ones. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    try:
        parts = []
        while part := os.read(descriptor, _AT_ONCE):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write by a temporary name, fsync and rename, then fsync the folder. Raises `OSError`."""
    unfinished = temporary(path)
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Raises `StoreError` for an `OSError`, with the one message about a run folder that a user needs."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        message = f"cannot use the run folder {str(folder)!r}: {why}; finished trials are kept, "
        raise StoreError(message + "and once this is put right the same command goes on") from error
