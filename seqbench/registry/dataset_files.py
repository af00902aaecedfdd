"""Files of datasets: which of a folder are train, dev and test, and the reader of each.

No format is known here: files are read by the reader whose suffix they have.
"""

from __future__ import annotations

import re
from pathlib import Path

from seqbench.data.corpus import Corpus
from seqbench.data.splits import Splits, split_files, suffix_of
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry.data_argument import Source
from seqbench.registry.discovery import Registry

OPTIONS = ("tags", "features", "reader", "train", "dev")
"""Options of a path."""


def name_of(path: Path) -> str:
    """Name of the dataset of a path: of a folder its own, of a file without its suffix."""
    return path.resolve().name if path.is_dir() else re.sub(r"(\.\w+)?(\.gz)?$", "", path.name)


def splits_of(path: Path, source: Source, registry: Registry, needed: str) -> Splits:
    """Splits of a folder, or of one file that is the split that is needed."""
    check_options(source)
    reader = source.options.get("reader")
    if reader is not None and reader not in registry.readers:
        raise unknown("reader", reader, registry.readers)
    files = {needed: path}
    if path.is_dir():
        entries = [registry.readers[reader]] if reader else list(registry.readers.values())
        fitting = [suffix for entry in entries for suffix in entry.suffixes]
        files = split_files(path, fitting, strict=reader is None, needed=needed)
    corpora = {name: read_file(file, source, registry) for name, file in files.items()}
    train, dev, test = (corpora.get(split) for split in ("train", "dev", "test"))
    return Splits(name=name_of(path), train=train, dev=dev, test=test)


def check_options(source: Source) -> None:
    """Raises `UsageError` if an option is none of a path."""
    for option in source.options:
        if option not in OPTIONS:
            raise unknown("option of a path", option, OPTIONS, listed="Options")


def read_file(file: Path, source: Source, registry: Registry) -> Corpus:
    """Corpus of a file, by the reader that an option names or that its suffix has."""
    name = source.options.get("reader")
    fitting = (entry for entry in registry.readers.values() if suffix_of(file) in entry.suffixes)
    entry = registry.readers[name] if name else next(fitting, None)
    if entry is None:
        known = ", ".join(suffix for entry in registry.readers.values() for suffix in entry.suffixes)
        raise UsageError(f"no reader is known for {str(file)!r} (known: {known}); name one with ?reader=NAME")
    features = tuple(part for part in source.options.get("features", "").split(",") if part)
    corpus = entry.load()(file, tags=source.options.get("tags"), features=features)
    if not isinstance(corpus, Corpus) or not corpus.tokens:
        raise DataError(f"{file}: holds no sentence")
    return corpus
