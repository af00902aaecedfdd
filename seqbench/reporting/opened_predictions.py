"""Predictions of an opened run as sentences of tags, and the words that stand behind them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from seqbench.comparing.error_analysis.words import Words
from seqbench.contracts.datasets import DataAccess
from seqbench.data.corpus import Sequences, strings
from seqbench.errors import DataError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.results.predictions import Predictions
from seqbench.results.store import Store
from seqbench.scoring.reference import AnyIds


def registry_with(data_dir: Path | None) -> Registry:
    """Registry of all that is installed; named corpora are looked for in a folder first."""
    registry = Registry.discover()
    registry.access = DataAccess(local=data_dir)
    return registry


def words_of(predictions: Predictions, stores: Sequence[Store], registry: Registry) -> Words | None:
    """The words of the predictions, or None after a warning that says why they are not known."""
    try:
        return Words.read(predictions, stores, registry)
    except DataError as error:
        warnings.warn(f"{error}; words are left out", stacklevel=4)
        return None


def place_of(seeds: Sequence[int], seed: int, model: str) -> int:
    """The place of a seed among those that finished. Raises `UsageError` if it is none of them."""
    if seed not in seeds:
        raise UsageError(f"{model!r} has no finished trial with seed {seed}; there are: {', '.join(map(str, seeds))}")
    return seeds.index(seed)


def sentences_of(predictions: Predictions, ids: AnyIds) -> list[list[str]]:
    """Tags by number as a list for each sentence."""
    return list(Sequences(ids.astype(np.int32), predictions.reference.offsets, strings(predictions.tags)))
