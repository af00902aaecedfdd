"""Corpora written by the writer whose suffix a file has, and read back to see that nothing else was lost."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from seqbench.contracts.hooks import THE_TAGS
from seqbench.data.corpus import Corpus, Sequences
from seqbench.data.packed_files import plain_name
from seqbench.data.regular_files import opened
from seqbench.data.splits import suffix_of
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry.data_argument import Source
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.registry.reading import read
from seqbench.registry.standard_output import spared


def written(corpus: Corpus, file: Path, registry: Registry, name: str | None = None) -> list[str]:
    """Write a corpus; what the format cannot hold, in words.

    Raises `DataError` if the file cannot be written, or does not read back with the same words and tags.
    """
    entry, is_new = _writer(file, registry, name), not file.exists()
    try:
        return _checked(corpus, file, entry, registry)
    except DataError:
        if is_new and file.is_file():
            file.unlink()  # nobody takes it for the corpus
        raise


def _checked(corpus: Corpus, file: Path, entry: Entry, registry: Registry) -> list[str]:
    """Losses that a writer tells, of a file that reads back. Raises `DataError` if it does not."""
    try:
        if file.exists():
            opened(file).close()
        with spared():
            lost = [str(part) for part in entry.load()(file, corpus)]
    except OSError as error:
        raise DataError(f"{file}: cannot be written: {error.strerror or error}") from error
    again = _read_back(file, entry, registry)
    pairs = ((again.sentences, corpus.sentences), (again.tags, corpus.tags))[: 1 if THE_TAGS in lost else 2]
    different = next((number for a, b in pairs if (number := _first_difference(a, b)) is not None), None)
    if different is not None:
        raise DataError(f"{file}: {_REFUSED}: sentence {different + 1:,} comes back as another")
    if not lost and again.documents.tolist() != corpus.documents.tolist():
        raise DataError(f"{file}: {_REFUSED}: its documents come back as others")
    return lost


_REFUSED = "does not read back as what was written; this format cannot hold the corpus"


def _read_back(file: Path, entry: Entry, registry: Registry) -> Corpus:
    reader = {"reader": entry.name} if entry.name in registry.readers else {}
    try:
        return read(file, Source(str(file), reader), registry)
    except DataError as error:
        raise DataError(f"{_REFUSED}, which was written to {error}") from error


def _first_difference(again: Sequences, before: Sequences) -> int | None:
    """Number of the first sentence that differs."""
    parallel = zip_longest(again, before)
    return next((number for number, (a, b) in enumerate(parallel) if a != b), None)


def _writer(file: Path, registry: Registry, name: str | None) -> Entry:
    if plain_name(file.name) != file.name:
        raise UsageError(f"{str(file)!r}: no packed files are written; write to {plain_name(file.name)!r} and pack it")
    if name is not None:
        by_suffix = (entry for entry in registry.writers.values() if f".{name}" in entry.suffixes)
        entry = registry.writers.get(name) or next(by_suffix, None)
        if entry is None:
            raise unknown("writer", name, registry.writers)
        return entry
    fitting = next((entry for entry in registry.writers.values() if suffix_of(file) in entry.suffixes), None)
    if fitting is None:
        known = ", ".join(suffix for entry in registry.writers.values() for suffix in entry.suffixes)
        raise UsageError(f"no writer is known for {str(file)!r} (known: {known}); name one with OUT?writer=NAME")
    return fitting
