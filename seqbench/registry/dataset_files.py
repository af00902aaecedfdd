"""Files of datasets: which files of a folder are train, dev and test, and the name that a path gives."""

from __future__ import annotations

import re
from pathlib import Path

from seqbench.data.dataset import Splits
from seqbench.data.joining import joined
from seqbench.data.packed_files import plain_name
from seqbench.data.plausibility import notes_of
from seqbench.data.splits import SplitFiles, split_files
from seqbench.errors import unknown
from seqbench.registry.data_argument import Source
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read


def name_of(path: Path) -> str:
    """Name of the dataset of a path: of a folder its own, of a file without its suffix."""
    return path.resolve().name if path.is_dir() else re.sub(r"(\.\w+)?$", "", plain_name(path.name))


def splits_of(path: Path, source: Source, registry: Registry, needed: str) -> Splits:
    """Splits of a folder, or of one file that is the split that is needed."""
    listed = _files(path, source, registry, needed)
    corpora = {name: joined([read(file, source, registry) for file in files]) for name, files in listed.files.items()}
    notes = [*listed.notes, *(f"{name}: {note}" for name, corpus in corpora.items() for note in notes_of(corpus))]
    train, dev, test = (corpora.get(split) for split in ("train", "dev", "test"))
    return Splits(name=name_of(path), train=train, dev=dev, test=test, notes=tuple(notes))


def _files(path: Path, source: Source, registry: Registry, needed: str) -> SplitFiles:
    reader = source.options.get("reader")
    if reader is not None and reader not in registry.readers:
        raise unknown("reader", reader, registry.readers)
    if not path.is_dir():
        return SplitFiles({needed: (path,)})
    entries = [registry.readers[reader]] if reader else list(registry.readers.values())
    fitting = [suffix for entry in entries for suffix in entry.suffixes]
    return split_files(path, fitting, strict=reader is None, needed=needed)
