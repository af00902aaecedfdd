"""Members of zip archives: unpacked into the cache one by one, and never to a path that the archive chooses."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path, PurePosixPath

from seqbench import DataError
from seqbench_datasets.catalogue.verification import inside

_LIMIT = 1 << 30


def members(archive: Path, pattern: str, folder: Path) -> list[Path]:
    """Members whose path fits a pattern, unpacked below a folder, in alphabetical order.

    Raises `DataError` if there is none, or if any path in the archive leads out of the folder.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                inside(folder, name)
            fitting = [info for info in opened.infolist() if PurePosixPath(info.filename).match(pattern)]
            if sum(info.file_size for info in fitting) > _LIMIT:
                raise DataError(f"{archive}: unpacks to more than {_LIMIT:,} bytes: refused")
            paths = [_unpacked(opened, info, folder) for info in sorted(fitting, key=lambda info: info.filename)]
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise DataError(f"{archive}: cannot be unpacked: {error}") from error
    if not paths:
        raise DataError(f"{archive}: has no member {pattern!r}")
    return paths


def _unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> Path:
    path = inside(folder, info.filename)
    if not path.is_file() or path.stat().st_size != info.file_size:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
        temporary.write_bytes(opened.read(info))
        temporary.replace(path)
    return path
