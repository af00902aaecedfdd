"""Datasets of the catalogue: each name is a function that finds, verifies and reads the files of its corpus.

`seqbench_datasets.catalogue.corpora:NAME` is the import path of each; the functions are made when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqbench import DataAccess, DataError, Splits
from seqbench_datasets.catalogue.entries import CatalogueEntry, CorpusFile, read_entries
from seqbench_datasets.catalogue.first_use import tell_once
from seqbench_datasets.catalogue.joining import held_out, joined
from seqbench_datasets.catalogue.layouts import Choice, Reading, read
from seqbench_datasets.catalogue.locating import paths_of

_SPLITS = ("train", "dev", "test")


def __getattr__(name: str) -> Callable[..., Splits]:
    entry = read_entries().get(name)
    if entry is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return dataset(name, entry)


def dataset(name: str, entry: CatalogueEntry) -> Callable[..., Splits]:
    """Function that gives the splits of a corpus; `tags` and `features` choose other columns where there are some."""

    def corpus(access: DataAccess, /, *, tags: str | None = None, features: str | None = None) -> Splits:
        choice = Choice(tags, None if features is None else tuple(part for part in features.split(",") if part))
        readings: dict[str, list[Reading]] = {}
        for file in entry.files:
            parts = [read(path, entry, choice) for path in paths_of(name, entry, file, access)]
            _check_counts(parts, entry, file)
            readings.setdefault(file.split, []).extend(parts)
        if entry.obligations():
            tell_once(name, f"{name}: {entry.licence}: {entry.obligations()}. Cite: {entry.citation}", access)
        return _splits(name, entry, readings)

    corpus.__doc__ = _doc(entry)
    return corpus


def _doc(entry: CatalogueEntry) -> str:
    """Text about a corpus: its description, then what a user must know of it."""
    facts = [f"licence: {entry.licence}", f"cite: {entry.citation}"]
    origin = [f"from: {entry.repo} at commit {entry.commit}"] if entry.repo else [f"to obtain: {entry.obtain}"]
    return "\n".join([entry.description, "", "```text", *facts, *origin, *entry.notes, "```"])


def _splits(name: str, entry: CatalogueEntry, readings: dict[str, list[Reading]]) -> Splits:
    pairs = [(split, reading) for split, listed in readings.items() for reading in listed]
    own = [*(f"{split}: {note}" for split, reading in pairs for note in reading.corpus.notes)]
    notes = tuple(dict.fromkeys([*(note for _, reading in pairs for note in reading.notes), *own]))
    corpora = {split: joined([reading.corpus for reading in listed]) for split, listed in readings.items()}
    if left_out := sum(reading.left_out for _, reading in pairs):
        notes = (*notes, f"{left_out:,} pieces without word or tag are left out")
    if "all" in corpora:
        corpora, note = held_out(corpora["all"], entry.rules.holdout)
        notes = (*notes, note)
    train, dev, test = (corpora.get(split) for split in _SPLITS)
    return Splits(name=name, train=train, dev=dev, test=test, notes=notes)


def _check_counts(parts: Sequence[Reading], entry: CatalogueEntry, file: CorpusFile) -> None:
    """Raises `DataError` if the counts of a file, or of the members of an archive, are not those of the catalogue."""
    counts = sum(part.sentences for part in parts), sum(part.tokens for part in parts)
    if file.tokens is not None and counts != (file.sentences, file.tokens):
        counted = f"{counts[0]:,} sentences and {counts[1]:,} tokens"
        expected = f"{file.sentences:,} and {file.tokens:,}"
        raise DataError(f"{file.name} of {entry.title} was read as {counted}, but the catalogue counts {expected}")
