"""The record of a kept model: what `model.json` holds, typed."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from seqbench.results.records import Sizes
from seqbench.results.trial_scores import Number

FORMAT = 1
"""Raised when folders are written that an older seqbench cannot read."""


class KeptFile(Struct, frozen=True, kw_only=True):
    """A file of a model folder: its path from there, its size and its SHA-256."""

    name: str
    bytes: Annotated[int, Meta(ge=0)]
    sha256: str


class Probe(Struct, frozen=True, kw_only=True):
    """Sentences with the tags that the model gave them when it was kept, and how probable each tag was, if known.

    A loaded model must answer so too: a wrong part that fits by its size is found here.
    """

    sentences: tuple[tuple[str, ...], ...]
    tags: tuple[tuple[str, ...], ...]
    probabilities: tuple[float, ...] | None = None
    layers: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


class Origin(Struct, frozen=True, kw_only=True):
    """The plugin that a model's code comes from, and what must be installed for it."""

    plugin: str
    distribution: str | None = None
    version: str | None = None
    file_sha256: str | None = None


class TrainedOn(Struct, frozen=True, kw_only=True):
    """The data that a model learned from; see `seqbench.Dataset`."""

    name: str
    fingerprint: str
    source: str = ""
    licence: str = ""
    language: str = ""
    splits: dict[str, Sizes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class KeptScore(Struct, frozen=True, kw_only=True):
    """A score on test, a fraction of 1, with its 95 % interval over sentences where it is known."""

    value: float | None
    ci95: tuple[float, float] | None = None


class ModelRecord(Struct, frozen=True, kw_only=True):
    """model.json: what a model is, what it learned from, what it reaches and costs, and the files that hold it.

    `dev_score`, by `dev_metric`, chooses the best seed; `compared` are the keys of the trials among which the model
    is the best one.
    """

    format: Annotated[int, Meta(ge=1)]
    seqbench: str
    kept: str
    label: str
    spec: str
    key: str
    seed: int
    device: str
    threads: Annotated[int, Meta(ge=1, le=4096)]
    origin: Origin
    tags: tuple[str, ...]
    layers: tuple[str, ...] = ()
    trained_on: TrainedOn
    scores: dict[str, KeptScore] = field(default_factory=dict)
    metrics: dict[str, Number | None] = field(default_factory=dict)
    dev_score: float | None = None
    dev_metric: str = "accuracy"
    compared: tuple[str, ...] = ()
    timings: dict[str, Number | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    probe: Probe
    files: tuple[KeptFile, ...] = ()
