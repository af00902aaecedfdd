"""The corpus of a run, read once more from where it came from: a run keeps tags, but no words."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from seqbench.data.cross_validation import DEV, held_out_of, on_dev
from seqbench.data.dataset import Dataset
from seqbench.errors import DataError, SeqbenchError
from seqbench.registry.datasets import gold_alone, load
from seqbench.registry.discovery import Registry
from seqbench.results.records import DatasetRecord


def reread(record: DatasetRecord, registry: Registry) -> Dataset:
    """The dataset of a record. Raises `DataError` if it is gone, or is not the same any more.

    A corpus by name is looked for on this machine alone: whoever opens a run has not named the corpus.
    """
    name, source = record.name, record.source
    try:
        dataset = (load if "train" in record.splits else gold_alone)(source, _offline(registry))
    except SeqbenchError as error:
        way = _way_to(source, registry)
        why = f"its corpus cannot be read again from {source!r}: {error}; {way}"
        raise DataError(f"a run keeps no words, and those of {name!r} are gone: {why}") from error
    if _is_of_dev(record, dataset):
        dataset = on_dev(dataset, held_out_of(record.scored_split or ""))
    if dataset.fingerprint != record.fingerprint:
        now = f"the corpus at {source!r} has changed: its fingerprint is {dataset.fingerprint}"
        raise DataError(f"a run keeps no words, and those of {name!r} are gone: {now}, was {record.fingerprint}")
    return dataset


def _offline(registry: Registry) -> Registry:
    """Registry of the same plugins, and datasets that fetch nothing."""
    offline = copy(registry)
    offline.access = replace(registry.access, offline=True)
    return offline


def _way_to(source: str, registry: Registry) -> str:
    """How users bring the corpus of a source back."""
    name = source.partition("?")[0]
    if name in registry.datasets:
        return f"'seqbench datasets {name}' fetches it, and --data-dir (data_dir in Python) names a folder that has it"
    return "bring it back, or start the command in a folder from which this path leads to it"


def _is_of_dev(record: DatasetRecord, dataset: Dataset) -> bool:
    """Whether dev was scored, as in a search; the first searches did not say so."""
    if record.scored_split is not None or dataset.dev is None:
        return (record.scored_split or "").startswith(DEV)
    return bool(dataset.fingerprint != record.fingerprint == on_dev(dataset).fingerprint)
