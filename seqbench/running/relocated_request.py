"""The request of a run with its files where they are now, and the folder that relative paths of a run start from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from seqbench.contracts.datasets import DataAccess
from seqbench.errors import UsageError
from seqbench.results.paths import resolved_source, resolved_text
from seqbench.results.records import Manifest
from seqbench.running.request import RunRequest


def start_of(manifest: Manifest, run: Path) -> Path:
    """The folder that relative paths of a run start from; the current one if only that has the run's data."""
    folder = run / manifest.folder
    moved = any(not (folder / path).exists() and Path(path).exists() for path in _data_of(manifest))
    return folder if manifest.folder and folder.is_dir() and not moved else Path.cwd()


def _data_of(manifest: Manifest) -> list[str]:
    """Paths of the data of a run, and names of registered ones."""
    return [text.partition("?")[0] for text in (manifest.plan or {}).get("data", ())]


def located(request: RunRequest, folders: Sequence[Path]) -> RunRequest:
    """A request with the absolute path of each file, in the first of these folders that has it."""

    def found(texts: Sequence[Any]) -> list[Any]:
        return [resolved_text(text, folders) if isinstance(text, str) else text for text in texts]

    data = [resolved_source(text, folders) if isinstance(text, str) else text for text in found(request.data)]
    train = resolved_source(found([request.train])[0], folders) if request.train else None
    return replace(request, data=data, train=train, models=found(request.models), settings=found(request.settings))


def with_folder_of(access: DataAccess, manifest: Manifest, folders: Sequence[Path]) -> DataAccess:
    """Access that looks into the folder of named corpora of the run, unless this call names another one."""
    planned = (manifest.plan or {}).get("data-dir")
    if access.local is not None or not isinstance(planned, str):
        return access
    return replace(access, local=Path(resolved_text(planned, folders)))


@contextmanager
def told_where(start: Path, manifest: Manifest) -> Iterator[None]:
    """An error about data that are not there tells from which folder their path starts, and what to do."""
    try:
        yield
    except UsageError as error:
        named = [path for path in _data_of(manifest) if repr(path) in str(error)]
        if not named:
            raise
        way = f"bring {named[0]!r} back there, or start this command in the folder that has it"
        raise UsageError(f"{str(error).rstrip('.')}. Paths of this run start from {str(start)!r}: {way}") from error
