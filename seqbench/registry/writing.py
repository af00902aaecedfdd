"""Corpora written by the writer whose suffix a file has, and read back to see that nothing else was lost."""

from __future__ import annotations

from pathlib import Path

from seqbench.contracts.hooks import THE_TAGS
from seqbench.data.corpus import Corpus
from seqbench.data.regular_files import opened
from seqbench.data.splits import suffix_of
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry.data_argument import Source
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.registry.reading import read


def written(corpus: Corpus, file: Path, registry: Registry, name: str | None = None) -> list[str]:
    """Write a corpus; what the format cannot hold, in words.

    Raises `DataError` if the file cannot be written, or does not read back with the same words and tags.
    """
    entry = _writer(file, registry, name)
    try:
        if file.exists():
            opened(file).close()
        lost = [str(part) for part in entry.load()(file, corpus)]
    except OSError as error:
        raise DataError(f"{file}: cannot be written: {error.strerror or error}") from error
    reader = {"reader": entry.name} if entry.name in registry.readers else {}
    again = read(file, Source(str(file), reader), registry)
    pairs = ((again.sentences, corpus.sentences), (again.tags, corpus.tags))[: 1 if THE_TAGS in lost else 2]
    if any(list(a) != list(b) for a, b in pairs) or (
        not lost and again.documents.tolist() != corpus.documents.tolist()
    ):
        raise DataError(f"{file}: does not read back as what was written; this format cannot hold the corpus")
    return lost


def _writer(file: Path, registry: Registry, name: str | None) -> Entry:
    if name is not None:
        if name not in registry.writers:
            raise unknown("writer", name, registry.writers)
        return registry.writers[name]
    fitting = next((entry for entry in registry.writers.values() if suffix_of(file) in entry.suffixes), None)
    if fitting is None:
        known = ", ".join(suffix for entry in registry.writers.values() for suffix in entry.suffixes)
        raise UsageError(f"no writer is known for {str(file)!r} (known: {known}); name one with OUT?writer=NAME")
    return fitting
