"""Runs compared: which differences are real, on text like this test set, and for the learners behind the models.

Two questions are kept apart. (a) "model": are these trained models better on text like this test set? Sentences (or
documents, where the corpus marks them) are resampled, the models stay as they are. (b) "learner": is this way of
learning better? Seeds are resampled too, which takes at least two seeds of each model that has seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.errors import StoreError, UsageError, unknown
from seqbench.results import Results, Row
from seqbench.statistics import learners
from seqbench.statistics.corrections import holm
from seqbench.statistics.counts import Counts, Floats, of_tokens
from seqbench.statistics.effects import error_reduction, superiority
from seqbench.statistics.intervals import interval, of_learners, of_models, resampled
from seqbench.statistics.paired import randomisation
from seqbench.statistics.power import smallest_detectable
from seqbench.statistics.resampling import Draws
from seqbench.store import Store

_ENOUGH_DOCUMENTS = 20
"""Fewer documents cannot be resampled to any purpose: then sentences are."""

LEVEL = 0.05
_DRAWS = Draws()
MODEL, LEARNER = "model", "learner"
_TESTS = {MODEL: "approximate randomisation, 10,000 draws", LEARNER: "t test over text and seeds"}


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

    @cached_property
    def counts(self) -> Counts:
        """What resampling works on."""
        return of_tokens(self.right, self.tokens)

    @cached_property
    def drawn(self) -> list[Floats]:
        """Accuracies (draws, seeds) of each model on resampled test sets."""
        return resampled(self.counts, _DRAWS)

    def learner(self, model: int) -> learners.Learner:
        """What is known of the learner behind a model."""
        return learners.Learner(self.accuracies(model), self.drawn[model])


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
        drawn = of_learners(one.drawn, _DRAWS)
        for number, row in enumerate(rows):
            if row.dataset == one.dataset and row.model in one.labels:
                limits = interval(drawn[:, one.labels.index(row.model)])
                accuracy = replace(row.scores["accuracy"], ci95=list(limits))
                rows[number] = replace(row, scores={**row.scores, "accuracy": accuracy})
    return replace(results, rows=rows)


def _of_models(found: Evidence, pairs: list[tuple[int, int]]) -> list[Comparison]:
    p = randomisation(found.counts, pairs, _DRAWS).tolist()
    drawn = of_models(found.drawn)
    comparisons = []
    for (a, b), raw, adjusted in zip(pairs, p, holm(p), strict=True):
        difference = drawn[:, a] - drawn[:, b]
        detectable = smallest_detectable(float(np.std(difference, ddof=1)))
        seen = {"ci95": interval(difference), "p": raw, "p_adjusted": adjusted, "detectable": detectable}
        comparisons.append(replace(_effect(found, (a, b), MODEL), **seen))
    return comparisons


def _of_learners(found: Evidence, pairs: list[tuple[int, int]]) -> list[Comparison]:
    """Where a pair has one seed only, p is None: (b) needs more."""
    able = [pair for pair in pairs if all(len(found.right[m]) > 1 or found.alone[m] for m in pair)]
    able = [pair for pair in able if any(len(found.right[m]) > 1 for m in pair)]
    estimates = {(a, b): learners.difference(found.learner(a), found.learner(b), found.counts.units) for a, b in able}
    adjusted = dict(zip(able, holm([estimate.p for estimate in estimates.values()]), strict=True))
    comparisons = []
    for pair in pairs:
        effect = _effect(found, pair, LEARNER)
        if estimate := estimates.get(pair):
            effect = replace(
                effect,
                ci95=estimate.interval(),
                p=estimate.p,
                p_adjusted=adjusted[pair],
                superiority=superiority(*(found.accuracies(model).tolist() for model in pair)),
                detectable=smallest_detectable(estimate.error, estimate.freedom),
            )
        comparisons.append(effect)
    return comparisons


def _effect(found: Evidence, pair: tuple[int, int], question: str) -> Comparison:
    """How much better the first is: what stands before any test."""
    first, second = (float(found.accuracies(model).mean()) for model in pair)
    return Comparison(
        a=found.labels[pair[0]],
        b=found.labels[pair[1]],
        dataset=found.dataset,
        question=question,
        test=_TESTS[question],
        difference=first - second,
        error_reduction=error_reduction(first, second),
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
