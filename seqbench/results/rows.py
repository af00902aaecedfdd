"""Results of runs: one row for each dataset and model, with scores over all seeds, and the JSON that programs read."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from seqbench.errors import shortened
from seqbench.results.listing import ListedModel, Listing, list_runs, status_of
from seqbench.results.model_names import ModelKey
from seqbench.results.records import DatasetSummary, FailureRecord, Json, TrialRecord, WantedTrial
from seqbench.results.store import Store
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.costs import COSTS
from seqbench.scoring.log_loss import PERPLEXITY
from seqbench.version import __version__

_LAST_LINES = 4
_LONGEST = 1_200  # letters of why a trial failed
_NOT_RUN = "not run yet"


@dataclass(frozen=True)
class Score:
    """A score over all seeds, fractions of 1; `mean` is None unless every seed finished with a score."""

    per_seed: Sequence[float | None]
    mean: float | None = None
    std: float | None = None
    ci95: list[float] | None = None

    @classmethod
    def of(cls, per_seed: Sequence[float | None]) -> Score:
        """`std` is the sample standard deviation, None for a single seed."""
        values = [value for value in per_seed if value is not None]
        if not values or len(values) < len(per_seed):
            return cls(list(per_seed))
        mean = statistics.fmean(values)
        apart = math.fsum((value - mean) ** 2 for value in values)  # `statistics.stdev` takes fractions, and long
        return cls(values, mean, math.sqrt(apart / (len(values) - 1)) if len(values) > 1 else None)


@dataclass(frozen=True)
class TrialFailure:
    """A trial that is not finished: why, the last lines of its traceback, and the file that holds all of it."""

    seed: int
    error: str
    last_lines: Sequence[str] = ()
    file: str | None = None

    @property
    def not_run(self) -> bool:
        """Whether the trial has neither failed nor been damaged: it waits."""
        return self.file is None and _NOT_RUN in self.error


def dataset_as_json(dataset: DatasetSummary) -> dict[str, object]:
    """A dataset as the JSON of results has it: what it is called, its content's fingerprint, and its ceilings."""
    ceilings = dataset.ceilings and dataset.ceilings.as_json()
    return {
        "name": dataset.name,
        "fingerprint": dataset.fingerprint,
        "ceiling": dataset.ceiling,
        "ceilings": ceilings,
    }


@dataclass(frozen=True, kw_only=True)
class Row:
    """Results of a model on a dataset: scores and costs by name, and the trials, None for one that is not finished."""

    key: ModelKey
    dataset: DatasetSummary
    spec: str
    seeds: Sequence[int]
    failures: Sequence[TrialFailure]
    scores: Mapping[str, Score]
    metrics: Mapping[str, Score]
    costs: Mapping[str, float | None]
    trials: Sequence[TrialRecord | None] = field(repr=False)
    deterministic: bool = False

    @property
    def status(self) -> str:
        """finished, partly_failed or failed."""
        return status_of(len(self.seeds) - len(self.failures), len(self.seeds))

    @property
    def finished_trials(self) -> list[TrialRecord]:
        """The trials that are finished."""
        return [trial for trial in self.trials if trial]

    @property
    def notes(self) -> list[str]:
        """Notes of the model beside its scores, each once."""
        return list(dict.fromkeys(note for trial in self.finished_trials for note in trial.notes))

    @property
    def trained_on(self) -> list[str]:
        """Texts that the model learned from beside train, each once, as far as it names them."""
        return list(dict.fromkeys(text for trial in self.finished_trials for text in trial.trained_on))

    def score(self, name: str) -> Score | None:
        """The score of a registered metric or of the core; None where there is none of this name."""
        return self.metrics.get(name) or self.scores.get(name)

    def only(self, names: Sequence[str]) -> Row:
        """The row with its comparable scores of these names and neither trials nor costs."""
        scores = {name: score for name in names if (score := self.comparable_score(name)) is not None}
        return replace(self, scores={}, metrics=scores, costs={}, trials=())

    def comparable_score(self, name: str) -> Score | None:
        """The score of which more is better: a perplexity is below zero, and other scores are as they are."""
        if name != PERPLEXITY or name in self.metrics:
            return self.score(name)
        values = [trial.timings.get(name) if trial else None for trial in self.trials]
        return Score.of([None if value is None else -value for value in values])


@dataclass(frozen=True, kw_only=True)
class TypedIn:
    """An accuracy (a fraction of 1) that someone typed in, from a paper for instance: nothing of it can be checked."""

    dataset: str
    model: str
    accuracy: float
    file: str


@dataclass(frozen=True, kw_only=True)
class Results:
    """All that `show` prints: datasets, rows, texts about the metrics, and the display names of models.

    `over` says, by fingerprint, of what the rows of a dataset that stands for several splits are the mean. `beside` are
    scores that were typed in.
    """

    datasets: Sequence[DatasetSummary]
    rows: Sequence[Row]
    names: Mapping[ModelKey, str]
    metrics: Mapping[str, str] = field(default_factory=dict)
    over: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[TypedIn] = ()

    def typed_in(self, dataset: str) -> list[TypedIn]:
        """The scores that were typed in for a dataset, the best first."""
        return sorted((t for t in self.beside if t.dataset == dataset), key=lambda typed: -typed.accuracy)

    def name(self, row: Row) -> str:
        """The display name of a row's model."""
        return self.names[row.key]

    def rows_of(self, fingerprint: str) -> list[Row]:
        """The rows of a dataset."""
        return [row for row in self.rows if row.dataset.fingerprint == fingerprint]

    def as_json(self, comparisons: Sequence[Mapping[str, object]] = ()) -> dict[str, Json]:
        """The JSON contract of run, show and compare."""
        datasets = [dataset_as_json(dataset) for dataset in self.datasets]
        rows = [self._row_as_json(row) for row in self.rows]
        document = {"seqbench": __version__, "datasets": datasets, "rows": rows, "comparisons": list(comparisons)}
        return {**document, "typed_in": [asdict(typed) for typed in self.beside]} if self.beside else document

    def _row_as_json(self, row: Row) -> dict[str, object]:
        return {
            "dataset": row.dataset.name,
            "model": self.name(row),
            "spec": row.spec,
            "seeds": list(row.seeds),
            "status": row.status,
            "failures": [asdict(failure) for failure in row.failures],
            **{name: asdict(score) for name, score in row.scores.items()},
            **row.costs,
            "metrics": {name: asdict(score) for name, score in row.metrics.items()},
            "notes": row.notes,
            "trained_on": row.trained_on,
        }


def read(stores: Sequence[Store]) -> Results:
    """The results of these runs, in the order of their manifests; every finished trial is read."""
    return read_results(list_runs(stores))


def read_results(listing: Listing) -> Results:
    """The results of all that a listing has; every finished trial is read."""
    datasets = {dataset.fingerprint: dataset for dataset in listing.datasets}
    rows = [_row(model, datasets[model.fingerprint]) for model in listing.models]
    return Results(datasets=listing.datasets, rows=rows, names=listing.names, metrics=listing.metrics)


def _row(model: ListedModel, dataset: DatasetSummary) -> Row:
    pairs = zip(model.trials, model.finished, strict=True)
    trials = [model.store.trial(trial) if finished else None for trial, finished in pairs]
    metrics = dict.fromkeys(name for trial in trials if trial for name in trial.metrics)
    return Row(
        key=model.key,
        dataset=dataset,
        spec=model.spec,
        seeds=[trial.seed for trial in model.trials],
        failures=[_failure(model.store, t) for t, trial in zip(model.trials, trials, strict=True) if trial is None],
        scores={score.name: Score.of([t.score(score.name) if t else None for t in trials]) for score in CORE_SCORES},
        metrics={name: Score.of([t.metrics.get(name) if t else None for t in trials]) for name in metrics},
        costs=_costs(trials),
        trials=trials,
        deterministic=model.deterministic,
    )


def _costs(trials: Sequence[TrialRecord | None]) -> dict[str, float | None]:
    costs: dict[str, float | None] = {}
    for cost in COSTS:
        values = [trial.timings.get(cost.name) for trial in trials if trial]
        known = [value for value in values if value is not None]
        costs[cost.name] = cost.pooled(known) if known else None
    return costs


def _failure(store: Store, trial: WantedTrial) -> TrialFailure:
    record = store.failure(trial)
    if record is None:
        why = store.is_damaged(trial) or _NOT_RUN
        return TrialFailure(trial.seed, f"{why}; the same command with the same --out runs it")
    file = str(store.trial_path(trial, ".failed.json"))
    return TrialFailure(trial.seed, _error(record), _last(record), file)


def _error(record: FailureRecord) -> str:
    version = f" {record.failure.version}" if record.failure.version else ""
    return shortened(f"plugin {record.failure.plugin}{version}: {record.failure.error}", _LONGEST)


def _last(record: FailureRecord) -> list[str]:
    """The last lines of a traceback, or of what its process wrote."""
    return [line for line in record.failure.traceback if line.strip()][-_LAST_LINES:]
