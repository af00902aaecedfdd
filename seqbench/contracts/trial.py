"""Trials as plain data: requests that an executor receives, and results that it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.convergence import Convergence
from seqbench.data.corpus import Ids


@dataclass(frozen=True)
class DatasetReference:
    """Dataset by its name, the text that loads it again, and the fingerprint that it must then have."""

    name: str
    source: str
    fingerprint: str


@dataclass(frozen=True)
class Selection:
    """Metric of dev that chooses epochs and hyperparameters, by name; spans are read by `scheme`, that of train.

    `code` is a hash of the code of a metric that is none of seqbench's own.
    """

    metric: str
    scheme: str | None = None
    code: str = ""

    def __str__(self) -> str:
        return f"{self.metric} ({self.scheme})" if self.scheme else self.metric


@dataclass(frozen=True)
class TrialRequest:
    """Tagger, dataset and seed of a trial with all that determines the result, and the label of the tagger.

    `identity` is what `key` (12 hex digits) hashes; `plugins` are the plugin files that have to be loaded; `scheme`
    names that of the tags as spans, None for the detected one; `select` is None where there is no dev. `keep` is the
    folder that the fitted tagger is saved into, empty where it is not. `convergence` may end the training.
    """

    key: str
    identity: Mapping[str, Any]
    label: str
    spec: str
    seed: int
    dataset: DatasetReference
    device: str = "cpu"
    threads: int = 1
    budget: float | None = None
    plugins: tuple[str, ...] = ()
    scheme: str | None = None
    select: Selection | None = None
    keep: str = ""
    convergence: Convergence | None = None

    @property
    def name(self) -> str:
        """Label, dataset and seed, as a person would say them."""
        return f"{self.label} on {self.dataset.name}, seed {self.seed}"


@dataclass(frozen=True)
class Failure:
    """Reason why a trial has no result: the plugin that failed, its version, the error in one line, its traceback."""

    plugin: str
    version: str | None
    error: str
    traceback: str


@dataclass(frozen=True, eq=False)
class TrialResult:
    """Result of a trial, or its failure. `predicted` (tokens,) are tag ids of the training set.

    Executors leave out `scores` and `metrics`, which the runner takes from `predicted`. `notes` are the tagger's;
    `certainty` (3, tokens) tells how sure a tagger with probabilities is of its answers: see `running.confidence`.
    `kept` tells of the saved tagger, or has the `error` why it is not saved; None where nobody asked. `trained_on`
    names the texts that the tagger learned from beside train.
    """

    scores: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    timings: Mapping[str, Any] = field(default_factory=dict)
    curve: tuple[Mapping[str, float], ...] = ()
    notes: tuple[str, ...] = ()
    predicted: Ids | None = None
    certainty: NDArray[np.float32] | None = None
    failure: Failure | None = None
    kept: Mapping[str, Any] | None = None
    trained_on: tuple[str, ...] = ()
