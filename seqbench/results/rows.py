"""What runs found: one row for each dataset and model, its scores over all seeds, and the JSON that programs read."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from seqbench.results.store import Store
from seqbench.version import __version__

SCORES = (
    "accuracy",
    "macro_f1",
    "accuracy_known",
    "accuracy_unknown",
    "accuracy_ambiguous",
    "accuracy_new_sentences",
    "sentence_accuracy",
)
COSTS = (
    "fit_seconds",
    "fit_wall_seconds",
    "predict_seconds",
    "predict_wall_seconds",
    "train_tokens_per_second",
    "predict_tokens_per_second",
    "parameters",
    "peak_memory_bytes",
)
_LAST_LINES = 4
Value = TypeVar("Value")


@dataclass(frozen=True)
class Score:
    """One score over all seeds, fractions of 1; `mean` is None unless all of them finished with one."""

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


class OnDemand(Mapping[str, Value]):
    """Values that are worked out when they are first asked for: of thousands of trials seldom all are."""

    def __init__(self, names: Callable[[], Collection[str]], value_of: Callable[[str], Value]) -> None:
        self._names_there, self._value_of, self._known = names, value_of, dict[str, Value]()

    @cached_property
    def _names(self) -> Collection[str]:
        return self._names_there()

    def __getitem__(self, name: str) -> Value:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._known:
            self._known[name] = self._value_of(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Trials(Sequence[dict[str, Any] | None]):
    """What a run stored of some trials, None of one that is not finished; read when the first is asked for."""

    def __init__(self, store: Store, wanted: Sequence[Mapping[str, Any]]) -> None:
        self._store, self._wanted = store, wanted

    @cached_property
    def _found(self) -> list[dict[str, Any] | None]:
        return [self._store.finished(trial["label"], trial["seed"], trial["key"]) for trial in self._wanted]

    def __getitem__(self, place: Any) -> Any:
        return self._found[place]

    def __len__(self) -> int:
        return len(self._wanted)


@dataclass(frozen=True)
class Row:
    """One dataset and one model."""

    dataset: str
    fingerprint: str
    model: str
    spec: str
    seeds: list[int]
    failures: list[dict[str, Any]]
    scores: Mapping[str, Score]
    metrics: Mapping[str, Score]
    costs: Mapping[str, float | None]
    trials: Sequence[dict[str, Any] | None] = field(repr=False)
    deterministic: bool = False

    @property
    def status(self) -> str:
        """finished, partly_failed or failed."""
        if not self.failures:
            return "finished"
        return "failed" if len(self.failures) == len(self.seeds) else "partly_failed"

    @property
    def notes(self) -> list[str]:
        """What the model has to say beside its scores, each once."""
        return list(dict.fromkeys(note for trial in self.trials if trial for note in trial.get("notes", ())))

    def score(self, name: str) -> Score | None:
        """That of a registered metric or of the table, of which no other is worked out; None where there is none."""
        return self.metrics[name] if name in self.metrics else self.scores.get(name)

    def as_json(self) -> dict[str, Any]:
        """The row of the JSON contract."""
        plain = {name: getattr(self, name) for name in ("dataset", "model", "spec", "seeds", "status", "failures")}
        scores = {name: asdict(score) for name, score in self.scores.items()}
        metrics = {name: asdict(score) for name, score in self.metrics.items()}
        return {**plain, **scores, **self.costs, "metrics": metrics, "notes": self.notes}


@dataclass(frozen=True)
class Results:
    """All that `show` prints: the datasets (name, fingerprint, ceiling, notes), the rows, and what the metrics say."""

    datasets: list[dict[str, Any]]
    rows: list[Row]
    metrics: Mapping[str, str] = field(default_factory=dict)

    def as_json(self, comparisons: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
        """The JSON contract of run, show and compare."""
        datasets = [{key: d[key] for key in ("name", "fingerprint", "ceiling")} for d in self.datasets]
        rows = [row.as_json() for row in self.rows]
        return {"seqbench": __version__, "datasets": datasets, "rows": rows, "comparisons": list(comparisons)}


def read(stores: Sequence[Store]) -> Results:
    """The results of these runs, in the order of their manifests."""
    datasets: dict[str, dict[str, Any]] = {}
    rows: list[Row] = []
    folders: list[str] = []
    metrics: dict[str, str] = {}
    for store in stores:
        manifest = store.read_json(store.manifest_path)
        metrics |= manifest.get("metrics", {})
        wanted: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for trial in manifest["trials"]:
            wanted[trial["dataset"], trial["label"]].append(trial)
        for dataset in manifest["datasets"]:
            datasets.setdefault(dataset["fingerprint"], dataset)
            rows.extend(
                _row(store, wanted[dataset["fingerprint"], model["label"]], dataset, model)
                for model in manifest["models"]
            )
        folders += [store.folder.resolve().name] * (len(rows) - len(folders))
    return Results(list(datasets.values()), _told_apart(rows, folders), metrics)


def _told_apart(rows: Sequence[Row], folders: Sequence[str]) -> list[Row]:
    """The rows, with the run's folder before each label that several runs have for one dataset."""
    seen = Counter((row.fingerprint, row.model) for row in rows)
    return [
        replace(row, model=f"{folder}/{row.model}") if seen[row.fingerprint, row.model] > 1 else row
        for row, folder in zip(rows, folders, strict=True)
    ]


def _row(
    store: Store, wanted: Sequence[Mapping[str, Any]], dataset: Mapping[str, Any], model: Mapping[str, Any]
) -> Row:
    trials = Trials(store, wanted)
    there = [store.is_finished(trial["label"], trial["seed"], trial["key"]) for trial in wanted]
    return Row(
        dataset=dataset["name"],
        fingerprint=dataset["fingerprint"],
        model=model["label"],
        spec=model["spec"],
        seeds=[trial["seed"] for trial in wanted],
        failures=[_failure(store, trial) for trial, finished in zip(wanted, there, strict=True) if not finished],
        scores=OnDemand(lambda: SCORES, lambda name: _score(trials, "scores", name)),
        metrics=OnDemand(
            lambda: {name: None for trial in trials if trial for name in trial["metrics"]},
            lambda name: _score(trials, "metrics", name),
        ),
        costs=OnDemand(lambda: COSTS, lambda name: _cost(trials, name)),
        trials=trials,
        deterministic=model.get("deterministic", False),
    )


def _score(found: Sequence[Mapping[str, Any] | None], part: str, name: str) -> Score:
    return Score.of([result[part].get(name) if result else None for result in found])


def _cost(found: Sequence[Mapping[str, Any] | None], name: str) -> float | None:
    values = [result["timings"].get(name) for result in found if result]
    known: list[float] = [value for value in values if value is not None]
    if not known:
        return None
    if name in ("parameters", "peak_memory_bytes"):
        return max(known)
    return statistics.fmean(known)


def _failure(store: Store, trial: Mapping[str, Any]) -> dict[str, Any]:
    path = store.trial_path(trial["label"], trial["seed"], trial["key"], ".failed.json")
    if not path.is_file():
        error = "not run yet; the same command with the same --out runs it"
        return {"seed": trial["seed"], "error": error, "last_lines": [], "file": None}
    failure = store.read_json(path)["failure"]
    version = f" {failure['version']}" if failure["version"] else ""
    told = {"error": f"plugin {failure['plugin']}{version}: {failure['error']}", "last_lines": _last(failure)}
    return {"seed": trial["seed"], **told, "file": str(path)}


def _last(failure: Mapping[str, Any]) -> list[str]:
    """The last lines of a traceback, or of what its process wrote."""
    return [line for line in failure["traceback"] if line.strip()][-_LAST_LINES:]
