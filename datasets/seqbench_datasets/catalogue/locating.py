"""Locating of the files of a corpus: in a folder of the user, placed by the user, in the cache, or fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from seqbench import DataAccess, DataError
from seqbench_datasets.catalogue.archives import members
from seqbench_datasets.catalogue.entries import LIMIT, CatalogueEntry, CorpusFile
from seqbench_datasets.catalogue.fetching import cache_of, fetched
from seqbench_datasets.catalogue.local_files import local_archive, local_file
from seqbench_datasets.catalogue.verification import content_of, fault_of


def paths_of(name: str, entry: CatalogueEntry, file: CorpusFile, access: DataAccess) -> Iterator[Path]:
    """Paths of a file, of which an archive may have many. Raises `DataError` if it cannot be had."""
    if access.local is not None and (path := local_file(name, entry, file, access.local)):
        yield path
    elif entry.obtain:
        yield _placed(name, entry, file, access)
    elif entry.archive is None or file.member is None:
        yield fetched(entry, file, access)
    else:
        yield from _members(name, entry, file, access)


def _members(name: str, entry: CatalogueEntry, file: CorpusFile, access: DataAccess) -> Iterator[Path]:
    if entry.archive is None or file.member is None:
        return
    local = local_archive(name, entry.archive, access.local) if access.local else None
    archive = local or fetched(entry, entry.archive, access)
    for path in members(archive, file.member, cache_of(access) / "members" / (entry.archive.sha256 or name)):
        if "*" not in file.member and (fault := fault_of(content_of(path, LIMIT), file)):
            raise DataError(f"{archive}: {file.member!r} is not the file of the catalogue ({fault})")
        yield path


def _placed(name: str, entry: CatalogueEntry, file: CorpusFile, access: DataAccess) -> Path:
    """File that the user placed in the cache. It must stay the one of its first use, as nobody publishes its hash."""
    folder = cache_of(access) / "placed" / name
    path = next((p for p in (folder / file.path, folder / f"{file.path}.gz") if p.is_file()), None)
    if path is None:
        listed = ", ".join(other.path for other in entry.files)
        raise DataError(
            f"{name!r} may not be fetched: {entry.obtain} Place these files in {str(folder)!r}, or in a folder "
            f"{name!r} of --data-dir: {listed}. {entry.placement}"
        )
    measured = hashlib.sha256(content_of(path, LIMIT)).hexdigest()
    record = folder / f"{file.path}.sha256"
    if not record.is_file():
        access.tell(f"{path}: sha256 {measured}, noted in {record.name}: the file must stay the same from now on")
        record.write_text(f"{measured}\n", encoding="utf-8")
    elif (noted := record.read_text(encoding="utf-8").strip()) != measured:
        raise DataError(
            f"{path}: has changed since its first use (sha256 {measured}, was {noted}); remove {record} if meant"
        )
    return path
