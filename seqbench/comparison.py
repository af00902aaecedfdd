"""Runs compared: which differences are real, on text like this test set, and for the learners behind the models.

Two questions are kept apart. (a) "model": are these trained models better on text like this test set? Sentences (or
documents, where the corpus marks them) are resampled, the models stay as they are. (b) "learner": is this way of
learning better? Seeds are resampled too, which takes at least two seeds of each model that has seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.errors import StoreError, UsageError, unknown
from seqbench.results import Results, Row
from seqbench.statistics.corrections import holm
from seqbench.statistics.effects import error_reduction, smallest_detectable, superiority
from seqbench.statistics.intervals import bootstrap, interval
from seqbench.statistics.paired import randomisation
from seqbench.statistics.resampling import Floats
from seqbench.store import Store

_ENOUGH_DOCUMENTS = 20
"""Fewer documents cannot be resampled to any purpose: then sentences are."""

LEVEL = 0.05
MODEL, LEARNER = "model", "learner"
_TESTS = {MODEL: "approximate randomisation", LEARNER: "hierarchical bootstrap"}


@dataclass(frozen=True)
class Comparison:
    """Two models on one dataset under one question. Accuracies and differences are fractions of 1, `a` less `b`.

    `p_adjusted` is Holm's for all pairs of the dataset and question; `detectable` is the smallest difference that would
    have been found in 80 % of cases; `p` of the learner's question is None where a model has too few seeds.
    """

    a: str
    b: str
    dataset: str
    question: str
    test: str
    difference: float
    ci95: tuple[float, float] | None = None
    p: float | None = None
    p_adjusted: float | None = None
    error_reduction: float | None = None
    superiority: float | None = None
    detectable: float | None = None
    metric: str = "accuracy"


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the finished models of one dataset did: right tokens (seeds, units) of each, tokens (units,)."""

    dataset: str
    units: str
    labels: list[str]
    right: list[NDArray[np.int64]]
    tokens: NDArray[np.int64]
    alone: list[bool]

    def accuracies(self, model: int) -> Floats:
        """Of each seed of a model."""
        found: Floats = self.right[model].sum(1) / self.tokens.sum()
        return found


def evidence(stores: Sequence[Store], results: Results) -> list[Evidence]:
    """For each dataset with a finished model."""
    return [found for dataset in results.datasets if (found := _evidence(stores, results, dataset)) is not None]


def _evidence(stores: Sequence[Store], results: Results, dataset: dict[str, Any]) -> Evidence | None:
    rows = [r for r in results.rows if r.fingerprint == dataset["fingerprint"] and r.status == "finished"]
    if not rows:
        return None
    path, store = next((p, s) for s in stores if (p := s.folder / "data" / f"{dataset['fingerprint']}.json").is_file())
    arrays = store.read_arrays(path)
    units = _units(arrays)
    right = [_right(stores, row, arrays["gold"], arrays["sentence_offsets"][units]) for row in rows]
    several = max(len(row.seeds) for row in rows) > 1
    alone = [several and len(row.seeds) == 1 for row in rows]
    tokens = np.diff(arrays["sentence_offsets"][units])
    kind = "sentences" if len(units) == len(arrays["sentence_offsets"]) else "documents"
    return Evidence(dataset["name"], kind, [row.model for row in rows], right, tokens, alone)


def _units(arrays: Any) -> NDArray[np.int64]:
    """The sentences that open a unit, and the number of all: documents where many are marked, else sentences."""
    sentences = len(arrays["sentence_offsets"]) - 1
    documents: NDArray[np.int64] = arrays["document_starts"]
    if len(documents) >= _ENOUGH_DOCUMENTS:
        return np.union1d(documents, [0, sentences])
    return np.arange(sentences + 1)


def _right(stores: Sequence[Store], row: Row, gold: NDArray[np.int32], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    predicted = [_predicted(stores, trial) for trial in row.trials if trial]
    sums = np.concatenate([np.zeros((len(predicted), 1), np.int64), np.cumsum(np.stack(predicted) == gold, 1)], 1)
    return np.diff(sums[:, ends], axis=1)


def _predicted(stores: Sequence[Store], trial: dict[str, Any]) -> NDArray[np.int32]:
    for store in stores:
        path = store.trial_path(trial["label"], trial["seed"], trial["key"])
        if path.is_file():
            return store.read_arrays(path)["predicted"]
    raise StoreError(f"the predictions of {trial['label']}, seed {trial['seed']}, are not there")


def compare(found: Evidence, against: str | None = None) -> list[Comparison]:
    """All pairs (or each model against one), the better first, under both questions; Holm within each question."""
    if against is not None and against not in found.labels:
        raise unknown("finished model", against, found.labels, listed="Labels")
    pairs = [
        (a, b) if found.accuracies(a).mean() >= found.accuracies(b).mean() else (b, a)
        for a, b in combinations(range(len(found.labels)), 2)
        if against is None or against in (found.labels[a], found.labels[b])
    ]
    return [*_of_models(found, pairs), *_of_learners(found, pairs)] if pairs else []


def with_intervals(results: Results, found: Sequence[Evidence]) -> Results:
    """The same results with the 95 % interval of each accuracy: over units, and over seeds where there are several."""
    rows = list(results.rows)
    for one in found:
        drawn = bootstrap(one.right, one.tokens, seeds=True)
        for number, row in enumerate(rows):
            if row.dataset == one.dataset and row.model in one.labels:
                limits = interval(drawn[:, one.labels.index(row.model)])
                accuracy = replace(row.scores["accuracy"], ci95=list(limits))
                rows[number] = replace(row, scores={**row.scores, "accuracy": accuracy})
    return Results(results.datasets, rows)


def _of_models(found: Evidence, pairs: list[tuple[int, int]]) -> list[Comparison]:
    means = np.stack([right.mean(0) for right in found.right], 1)  # (units, models)
    p = randomisation(np.stack([means[:, a] - means[:, b] for a, b in pairs], 1)).tolist()
    drawn = bootstrap(found.right, found.tokens, seeds=False)
    return [
        _comparison(found, pair, MODEL, drawn, (raw, adjusted))
        for pair, raw, adjusted in zip(pairs, p, holm(p), strict=True)
    ]


def _of_learners(found: Evidence, pairs: list[tuple[int, int]]) -> list[Comparison]:
    """Where a pair has one seed only, p is None: (b) needs more."""
    drawn = bootstrap(found.right, found.tokens, seeds=True)
    able = [pair for pair in pairs if all(len(found.right[m]) > 1 or found.alone[m] for m in pair)]
    able = [pair for pair in able if any(len(found.right[m]) > 1 for m in pair)]
    raw = {pair: _bootstrap_p(drawn[:, pair[0]] - drawn[:, pair[1]]) for pair in able}
    adjusted = dict(zip(able, holm(list(raw.values())), strict=True))
    return [_comparison(found, pair, LEARNER, drawn, (raw.get(pair), adjusted.get(pair))) for pair in pairs]


def _bootstrap_p(differences: Floats) -> float:
    """Two-sided: twice the share of draws on the other side of 0."""
    other_side = min((differences <= 0).sum(), (differences >= 0).sum())
    return float(min(1.0, 2 * (other_side + 1) / (len(differences) + 1)))


def _comparison(
    found: Evidence, pair: tuple[int, int], question: str, drawn: Floats, p: tuple[float | None, float | None]
) -> Comparison:
    a, b = pair
    first, second = found.accuracies(a), found.accuracies(b)
    distribution = drawn[:, a] - drawn[:, b]
    tested = p[0] is not None
    return Comparison(
        a=found.labels[a],
        b=found.labels[b],
        dataset=found.dataset,
        question=question,
        test=_TESTS[question],
        difference=float(first.mean() - second.mean()),
        ci95=interval(distribution) if tested else None,
        p=p[0],
        p_adjusted=p[1],
        error_reduction=error_reduction(float(first.mean()), float(second.mean())),
        superiority=superiority(first.tolist(), second.tolist()) if question == LEARNER and tested else None,
        detectable=smallest_detectable(distribution) if tested else None,
    )


def refuse_different_data(results: Results) -> None:
    """`UsageError` where two datasets of one name differ: their scores cannot be compared."""
    prints: dict[str, str] = {}
    for dataset in results.datasets:
        other = prints.setdefault(dataset["name"], dataset["fingerprint"])
        if other != dataset["fingerprint"]:
            raise UsageError(
                f"dataset {dataset['name']!r} is not the same in these runs: {other} and {dataset['fingerprint']}; "
                "compare runs on the same data"
            )
