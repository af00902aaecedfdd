"""Verification of files: size and hash of the catalogue, and no path that leads out of a folder."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path, PurePosixPath

from seqbench import DataError
from seqbench_datasets.catalogue.entries import PinnedFile


def content_of(path: Path, limit: int) -> bytes:
    """Content of a file, unpacked if it is gzip by its suffix. Raises `DataError` if it is longer than the limit."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(limit + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path}: broken gzip file, cut off or changed: {error}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(content) > limit:
        raise DataError(f"{path}: is larger than the {limit:,} bytes of the catalogue")
    return content


def fault_of(content: bytes, pinned: PinnedFile) -> str:
    """Difference of a content from that of the catalogue, by sha256, else by git blob id; empty if there is none."""
    if pinned.bytes is not None and len(content) != pinned.bytes:
        return f"{len(content):,} bytes, expected {pinned.bytes:,}"
    if pinned.sha256:
        return _difference("sha256", hashlib.sha256(content).hexdigest(), pinned.sha256)
    blob = b"blob %d\0" % len(content) + content
    return _difference("git blob id", hashlib.sha1(blob, usedforsecurity=False).hexdigest(), pinned.git_blob)


def _difference(kind: str, measured: str, expected: str | None) -> str:
    return "" if expected is None or measured == expected else f"{kind} {measured}, expected {expected}"


def inside(folder: Path, name: str) -> Path:
    """Path of a name in a folder. Raises `DataError` if the name leads out of the folder."""
    parts = PurePosixPath(name.replace("\\", "/"))
    path = folder / parts
    if parts.is_absolute() or ".." in parts.parts or ":" in name or not path.resolve().is_relative_to(folder.resolve()):
        raise DataError(f"{name!r} leads out of {str(folder)!r}: refused")
    return path
