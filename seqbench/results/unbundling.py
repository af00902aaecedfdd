"""A bundle opened: every name and size is checked before anything is written, and nothing in it is executed."""

from __future__ import annotations

import re
import shutil
import stat
import zipfile
import zlib
from pathlib import Path

from seqbench.data.packed_files import ALWAYS, BLOCK, TIMES
from seqbench.data.regular_files import opened
from seqbench.errors import StoreError
from seqbench.results.files import explained
from seqbench.results.process_identity import temporary
from seqbench.results.store import Store

_FILE = r"(?!\.\.?(?:/|$))[^/\\:\x00-\x1f]{1,255}"
_MEMBER = re.compile(rf"({_FILE})/(run\.json|README\.txt|(?:data|trials)/{_FILE}\.(?:json|npz)|words/\d+/\d+/{_FILE})")
_MOST_FILES = 500_000


def is_bundle(path: Path) -> bool:
    """Whether a path is a file, and so no run's folder."""
    return path.is_file()


def unpack(bundle: Path, out: Path) -> Store:
    """The run of a bundle in a new folder. Raises `StoreError` if it is none, or holds what no bundle holds."""
    if out.exists():
        raise StoreError(f"{str(out)!r} is there already; choose another --out")
    unfinished = temporary(out)
    try:
        with explained(out):
            _unpacked(bundle, unfinished)
            Store.open(unfinished).manifest()
            unfinished.rename(out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Store.open(out)


def _unpacked(bundle: Path, folder: Path) -> None:
    try:
        with opened(bundle) as file, zipfile.ZipFile(file) as archive:
            members = _checked(bundle, archive)
            for name, info in members.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as member, path.open("xb") as written:  # which reads no more than it said
                    shutil.copyfileobj(member, written, BLOCK)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise StoreError(f"{str(bundle)!r} is no bundle, or it is cut off or changed: {error}") from error


def _checked(bundle: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by their paths in the run's folder. Raises `StoreError` for any that no bundle has."""
    members: dict[str, zipfile.ZipInfo] = {}
    tops = set()
    infos = archive.infolist()
    if len(infos) > _MOST_FILES:
        raise StoreError(f"{str(bundle)!r} holds {len(infos):,} files, more than a bundle may ({_MOST_FILES:,})")
    if sum(info.file_size for info in infos) > max(ALWAYS, TIMES * bundle.stat().st_size):
        raise StoreError(f"{str(bundle)!r} unpacks to more than {TIMES} times its size; nothing is unpacked")
    for info in infos:
        match = _MEMBER.fullmatch(info.filename)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if match is None or match[1] == ".." or kind not in (0, stat.S_IFREG) or match[2].casefold() in members:
            raise StoreError(
                f"{str(bundle)!r} holds {info.filename[:200]!r}, which no bundle does; nothing is unpacked"
            )
        tops.add(match[1])
        members[match[2].casefold()] = info
    if len(tops) != 1:
        raise StoreError(f"{str(bundle)!r} is no bundle: its files lie in {len(tops)} folders, not in one")
    return {info.filename.partition("/")[2]: info for info in members.values()}
