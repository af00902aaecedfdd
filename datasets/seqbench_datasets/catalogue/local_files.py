"""Files of a corpus in a folder of the user: under the name of the corpus, by the names of splits or of publishers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from seqbench import DataError
from seqbench_datasets.catalogue.entries import CatalogueEntry, CorpusFile, PinnedFile
from seqbench_datasets.catalogue.verification import content_of, fault_of, inside


def local_file(name: str, entry: CatalogueEntry, file: CorpusFile, folder: Path) -> Path | None:
    """File of a split in `folder/name`, plain or gzip, None if it is not there.

    Raises `DataError` if its unpacked content is not that of the catalogue.
    """
    alone = sum(other.split == file.split for other in entry.files) == 1
    own = folder / name
    candidates = [*_named(own, file.member or file.path), *_named(own, file.name)]
    if alone and own.is_dir():
        candidates += [path for path in sorted(own.iterdir()) if path.name.partition(".")[0] == file.split]
    path = next((path for path in candidates if path.is_file()), None)
    if path is not None:
        _verify(path, file)
    return path


def local_archive(name: str, archive: PinnedFile, folder: Path) -> Path | None:
    """Archive of a corpus in `folder/name`, None if it is not there. Raises `DataError` if it is another one."""
    path = folder / name / archive.path.rpartition("/")[2]
    if not path.is_file():
        return None
    _verify(path, archive)
    return path


def _named(folder: Path, name: str) -> Iterator[Path]:
    if "*" not in name:
        yield inside(folder, name)
        yield inside(folder, f"{name}.gz")


def _verify(path: Path, pinned: PinnedFile) -> None:
    if not (pinned.sha256 or pinned.git_blob):
        return
    fault = fault_of(content_of(path, max(pinned.limit, path.stat().st_size)), pinned)
    if fault:
        way = f"to read it as it is, name its folder as a path: --data {path.parent}/"
        raise DataError(f"{path}: is not the file of the catalogue ({fault}); {way}")
