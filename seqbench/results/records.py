"""The records of a run folder, typed: what run.json, the files of datasets and the files of trials hold.

Records are parsed once, when a file is read (`seqbench.results.store`): whatever does not fit is a `StoreError` there.
Keys that this version does not know are ignored; those that older versions did not write have defaults.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct, field

from seqbench.contracts.trial import DatasetReference
from seqbench.data.ceilings import Ceilings
from seqbench.results.request_records import Effort, SeedsUntil
from seqbench.results.trial_scores import FIRST_SCORES, Number, Scores, TagScore

Json: TypeAlias = Any
"""Whatever JSON can hold: values that are kept and compared, and never looked into."""


class SplitSizes(Struct, frozen=True, kw_only=True):
    """Sentences to learn from and to be tested on; `repeated` ones of test stand in train with the same words."""

    train: int
    test: int
    repeated: int = 0


class DatasetSummary(Struct, frozen=True, kw_only=True):
    """A dataset as run.json tells of it; see `seqbench.Dataset` for the parts."""

    name: str
    fingerprint: str
    ceiling: float | None = None
    ceilings: Ceilings | None = None
    source: str = ""
    notes: tuple[str, ...] = ()
    origin: str = ""
    drawn: dict[str, str] = field(default_factory=dict)
    sentences: SplitSizes | None = None


class ModelSummary(Struct, frozen=True, kw_only=True):
    """A model of a run: its label, its canonical spec, and whether one seed stands for all."""

    label: str
    spec: str
    deterministic: bool = False


class WantedTrial(Struct, frozen=True, kw_only=True):
    """A trial that a run asked for: `dataset` is a fingerprint, `key` 12 hex digits of all that determines it."""

    dataset: str
    label: str
    seed: int
    key: str


class EarlierRequest(Struct, frozen=True, kw_only=True):
    """Request to a run's folder before the last one; `folder` is where its relative paths start."""

    command: tuple[str, ...] = ()
    plan: dict[str, Json] | None = None
    folder: str = ""
    started: str = ""
    device: str | None = None


class Manifest(Struct, frozen=True, kw_only=True):
    """run.json: the request of a run, what the run was made with, and which trials belong to it.

    `earlier` requests shared the folder; `superseded` trials of them were asked for again in another way, None where
    that is not known: older versions kept the last request alone. `until` is there if the seeds were chosen by looking.
    """

    seqbench: str
    result_version: int
    command: tuple[str, ...] = ()
    plan: dict[str, Json] | None = None
    folder: str = ""
    started: str
    device: str | None
    threads: int | None
    budget: float | None = None
    versions: dict[str, str | None] = field(default_factory=dict)
    plugins: tuple[dict[str, Json], ...] = ()
    machine: dict[str, Json] = field(default_factory=dict)
    datasets: tuple[DatasetSummary, ...]
    warnings: tuple[str, ...] = ()
    models: tuple[ModelSummary, ...]
    metrics: dict[str, str] = field(default_factory=dict)
    trials: tuple[WantedTrial, ...]
    earlier: tuple[EarlierRequest, ...] = ()
    superseded: tuple[WantedTrial, ...] | None = None
    external: bool = False
    tuning: Effort | None = None
    until: SeedsUntil | None = None


class Sizes(Struct, frozen=True, kw_only=True):
    """How much one split holds."""

    sentences: int
    tokens: int


class DatasetRecord(Struct, frozen=True, kw_only=True):
    """data/<fingerprint>.json: the tags that ids name (`learned_tags` of them are train's), and where words are.

    `npz_sha256` is that of the arrays beside it: gold, sentence_offsets, document_starts, known, ambiguous, repeated.
    """

    name: str
    fingerprint: str
    source: str
    tags: tuple[str, ...]
    learned_tags: int
    splits: dict[str, Sizes]
    scored_split: str | None = None
    ceiling: float | None = None
    ceilings: Ceilings | None = None
    notes: tuple[str, ...] = ()
    scheme: str | None = None
    policy: str = "conlleval"
    without_types: tuple[str, ...] = ()
    npz_sha256: str = ""


class TrialRecord(Struct, frozen=True, kw_only=True):
    """A finished trial: its identity (what `key` hashes), scores, costs and learning curve.

    `score_names` are the core's scores that the version which wrote the record computed: one that is not among them was
    added to seqbench later. `npz_sha256` is that of the arrays beside it: predicted, confusion, perhaps certainty.
    """

    seqbench: str
    key: str
    identity: dict[str, Json]
    label: str
    seed: int
    dataset: DatasetReference
    scores: Scores
    score_names: tuple[str, ...] = FIRST_SCORES
    metrics: dict[str, Number | None]
    timings: dict[str, Number | None] = field(default_factory=dict)
    curve: tuple[dict[str, Number], ...] = ()
    notes: tuple[str, ...] = ()
    trained_on: tuple[str, ...] = ()
    npz_sha256: str = ""

    def score(self, name: str) -> float | None:
        """A score of the core; None if the trial has none of this name."""
        score = self.scores.get(name)
        return None if isinstance(score, tuple) else score

    @property
    def per_tag(self) -> tuple[TagScore, ...]:
        """The scores of each tag."""
        scores = self.scores.get("per_tag")
        return scores if isinstance(scores, tuple) else ()


class FailureText(Struct, frozen=True, kw_only=True):
    """Why a trial failed: the plugin, the error in one line, and the lines of its traceback."""

    plugin: str
    version: str | None
    error: str
    traceback: tuple[str, ...] = ()


class FailureRecord(Struct, frozen=True, kw_only=True):
    """A trial that failed."""

    seqbench: str
    key: str
    identity: dict[str, Json]
    label: str
    seed: int
    dataset: DatasetReference
    failure: FailureText
