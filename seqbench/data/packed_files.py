"""The bytes of a file in blocks, unpacked where it is gzip, bzip2, xz or zip; what unpacks without bound is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from seqbench.data.regular_files import opened
from seqbench.errors import DataError, unknown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 21
"""Bytes read at once: enough for vectors to pay, little enough for memory to stay small."""

TIMES, ALWAYS = 200, 1 << 26
"""A packed file may unpack to so many times its size; so many bytes are always fine. Text packs 3 to 30 times."""


@dataclass(frozen=True)
class _Kind:
    """A way to pack: its name, suffix and first bytes, and the function that unpacks."""

    name: str
    suffix: str
    begin: bytes
    opened: Callable[[io.BufferedReader], IO[bytes]]


KINDS = (
    _Kind("gzip", ".gz", b"\x1f\x8b", lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file))),
    _Kind("bzip2", ".bz2", b"BZh", bz2.open),
    _Kind("xz", ".xz", b"\xfd7zXZ\0", lzma.open),
)
_ZIP = b"PK\x03\x04"
_BZIP_BLOCK = b"1AY&SY"  # behind the fourth byte: a text may begin with BZh
PACKED_WAYS = "gz, bz2, xz and zip"
SUFFIXES = (*(kind.suffix for kind in KINDS), ".zip")


def plain_name(name: str) -> str:
    """Name of a file without the suffix that says how it is packed."""
    for suffix in SUFFIXES:
        if name.casefold().endswith(suffix):
            return name[: -len(suffix)]
    return name


def unpacked(path: Path, size: int = BLOCK, member: str = "") -> Generator[bytes]:
    """The file's bytes, `size` at once; of a zip those of the only file in it, or of the one called `member`.

    Raises `DataError` if the file cannot be read, is cut off or broken, or unpacks to more than `TIMES` its size.
    """
    kind = ""
    try:
        with opened(path) as file:
            kind = _kind(path, file.peek(10))
            most = max(ALWAYS, TIMES * path.stat().st_size)
            with closing(_stream(path, file, kind, member)) as stream:
                yield from _bounded(path, stream, size, most) if kind else iter(lambda: stream.read(size), b"")
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise DataError(f"{path}: broken {kind} file, cut off or changed: {error}") from error
    except (NotImplementedError, RuntimeError) as error:  # of zipfile: a method that it lacks, a password
        raise DataError(f"{path}: this {kind} file cannot be unpacked: {error}") from error
    except OSError as error:
        if kind and error.errno is None:  # bzip2 says so of its content
            raise DataError(f"{path}: broken {kind} file, cut off or changed: {error}") from error
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error


def unpacked_file(path: Path, peeked: int = io.DEFAULT_BUFFER_SIZE) -> io.BufferedReader:
    """The bytes of `unpacked` as a file, of which so many can be looked at before they are read."""
    return io.BufferedReader(_File(unpacked(path)), peeked)


class _File(io.RawIOBase):
    """A file that reads from blocks."""

    def __init__(self, blocks: Generator[bytes]) -> None:
        super().__init__()
        self._blocks, self._rest = blocks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._rest = self._rest or memoryview(next(self._blocks, b""))
        into = memoryview(buffer)
        size = min(len(into), len(self._rest))
        into[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def close(self) -> None:
        self._blocks.close()
        super().close()


def _kind(path: Path, begin: bytes) -> str:
    """Name of the way in which a file is packed, by its first bytes or else its suffix; empty for a plain file."""
    suffix = path.suffix.casefold()
    if begin.startswith(_ZIP) or (begin and suffix == ".zip"):
        return "zip"
    for kind in KINDS:
        sure = kind.name != "bzip2" or begin[4:10] == _BZIP_BLOCK
        if (begin.startswith(kind.begin) and sure) or (begin and suffix == kind.suffix):
            return kind.name
    return ""


def _stream(path: Path, file: io.BufferedReader, kind: str, member: str) -> IO[bytes]:
    if kind == "zip":
        archive = zipfile.ZipFile(file)
        return archive.open(_member(path, archive, member))
    if member:
        raise DataError(f"{path}: is no zip file, so that it has no member {member!r}")
    return {known.name: known.opened for known in KINDS}[kind](file) if kind else file


def members(path: Path) -> list[str]:
    """Names of the files in a zip, without those that systems add; none for a file that is not called so."""
    if path.suffix.casefold() != ".zip" or not path.is_file():
        return []
    try:
        with zipfile.ZipFile(path) as archive:
            return _plain(archive)
    except (OSError, zipfile.BadZipFile, NotImplementedError):
        return []


def _plain(archive: zipfile.ZipFile) -> list[str]:
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    return [name for name in names if not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith(".")]


def _member(path: Path, archive: zipfile.ZipFile, member: str) -> str:
    """Name of the one file of an archive, or of the one that is asked for."""
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    if member:
        if member not in names:
            raise unknown(f"file in {path}", member, names, listed="Files")
        return member
    plain = _plain(archive)
    if len(plain) != 1:
        listed = ", ".join(plain[:8]) or "nothing"
        way = f"unpack it, or name the one to read with ?member=NAME (holds: {listed})"
        raise DataError(f"{path}: holds {len(plain)} files; {way}")
    return plain[0]


def _bounded(path: Path, stream: IO[bytes], size: int, most: int) -> Iterator[bytes]:
    total = 0
    while data := stream.read(size):
        total += len(data)
        if total > most:
            raise DataError(f"{path}: unpacks to more than {TIMES} times its size; unpack it yourself if it is right")
        yield data
