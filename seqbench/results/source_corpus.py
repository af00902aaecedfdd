"""The corpus of a run, read once more from where it came from: a run keeps tags, but no words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seqbench.data.cross_validation import DEV, on_dev
from seqbench.data.dataset import Dataset
from seqbench.errors import DataError, SeqbenchError
from seqbench.registry.datasets import gold_alone, load
from seqbench.registry.discovery import Registry


def reread(about: Mapping[str, Any], registry: Registry) -> Dataset:
    """The dataset that data/<fingerprint>.json tells of; `DataError` where it is gone or is not the same any more."""
    name, source = about["name"], about["source"]
    try:
        dataset = (load if "train" in about["splits"] else gold_alone)(source, registry)
    except SeqbenchError as error:
        why = f"its corpus cannot be read again from {source!r}: {error}"
        raise DataError(f"a run keeps no words, and those of {name!r} are gone: {why}") from error
    if _is_of_dev(about, dataset):
        dataset = on_dev(dataset)
    if dataset.fingerprint != about["fingerprint"]:
        now = f"the corpus at {source!r} has changed: its fingerprint is {dataset.fingerprint}"
        raise DataError(f"a run keeps no words, and those of {name!r} are gone: {now}, was {about['fingerprint']}")
    return dataset


def _is_of_dev(about: Mapping[str, Any], dataset: Dataset) -> bool:
    """Whether dev was scored, as in a search; the first searches did not say so."""
    if "scored_split" in about or dataset.dev is None:
        return bool(about.get("scored_split") == DEV)
    return bool(dataset.fingerprint != about["fingerprint"] == on_dev(dataset).fingerprint)
