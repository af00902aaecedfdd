"""Models compared: which differences are real, on text like this test set, and for the learners behind the models.

Two questions are kept apart. (a) "model": are these trained models better on text like this test set? Sentences (or
documents, where the corpus marks them) are resampled, the models stay as they are. (b) "learner": is this way of
learning better? Seeds are resampled too, which takes at least two seeds of each model that has seeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from seqbench.comparing.evidence import DRAWS, Evidence, Measured
from seqbench.comparing.statistics import t_test_over_seeds
from seqbench.comparing.statistics.bootstrap import interval, summaries
from seqbench.comparing.statistics.corrections import holm
from seqbench.comparing.statistics.effect_sizes import error_reduction, superiority
from seqbench.comparing.statistics.paired_tests import mcnemar, randomisation
from seqbench.comparing.statistics.power import smallest_detectable
from seqbench.comparing.statistics.stochastic_dominance import ENOUGH_SEEDS, almost_stochastic_order
from seqbench.contracts.metric import Countable
from seqbench.errors import UsageError
from seqbench.results.rows import Results, Row, Score
from seqbench.scoring.sentence_counts import Floats

LEVEL = 0.05
MODEL, LEARNER = "model", "learner"
TESTS = {MODEL: "approximate randomisation, 10,000 draws", LEARNER: "t test over text and seeds"}


@dataclass(frozen=True)
class Comparison:
    """Two models on one dataset under one question. Scores and differences are fractions of 1, `a` less `b`.

    `p_adjusted` is Holm's for all pairs of the dataset and question; `detectable` is the smallest difference that would
    have been found in 80 % of cases; `mcnemar` (mid-p on the tokens of the first seeds) is a cross-check of accuracy;
    `aso` is the bound of almost stochastic order, from five seeds on; `p` of the learner's question is None where a
    model has too few seeds. A comparison of one `tag` is part of a scan, and its `p_adjusted` is Benjamini-Hochberg's.
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
    mcnemar: float | None = None
    aso: float | None = None
    metric: str = "accuracy"
    tag: str | None = None


def compare(found: Measured, against: str | None = None) -> list[Comparison]:
    """All pairs (or each model against one), the better first, under both questions; Holm within each question."""
    pairs = pairs_of(found, against)
    return [*_of_models(found, pairs), *_of_learners(found, pairs)] if pairs else []


def pairs_of(found: Measured, against: str | None = None) -> list[tuple[int, int]]:
    """The models to compare, by number, the better of each pair first; none where `against` did not finish."""
    labels, means = found.evidence.labels, found.means
    return [
        (a, b) if means[a] >= means[b] else (b, a)
        for a, b in combinations(range(len(labels)), 2)
        if against is None or against in (labels[a], labels[b])
    ]


def with_intervals(results: Results, found: Sequence[Evidence], metrics: Mapping[str, Countable]) -> Results:
    """The same results with the 95 % interval of each score that can be recounted.

    Units are drawn, and seeds too where there are several; the same draws for all models and scores.
    """
    rows = list(results.rows)
    for one in found:
        measured = [m for name, metric in metrics.items() if (m := one.measured(name, metric)) is not None]
        drawn = [resampled.learners for resampled in summaries([m.counts for m in measured], DRAWS)]
        for number, row in enumerate(rows):
            if row.fingerprint == one.fingerprint and row.model in one.labels:
                model = one.labels.index(row.model)
                limits = {m.metric: interval(d[:, model]) for m, d in zip(measured, drawn, strict=True)}
                rows[number] = _limited(row, limits)
    return Results(results.datasets, rows)


def _limited(row: Row, limits: Mapping[str, tuple[float, float]]) -> Row:
    def limited(scores: Mapping[str, Score]) -> dict[str, Score]:
        return {
            name: replace(score, ci95=list(limits[name])) if name in limits and score.mean is not None else score
            for name, score in scores.items()
        }

    return replace(row, scores=limited(row.scores), metrics=limited(row.metrics))


def _of_models(found: Measured, pairs: list[tuple[int, int]]) -> list[Comparison]:
    p = randomisation(found.counts, pairs, DRAWS).tolist()
    drawn = np.ascontiguousarray(found.resampled.models.T)
    comparisons = []
    for (a, b), raw, adjusted in zip(pairs, p, holm(p), strict=True):
        difference = drawn[a] - drawn[b]
        comparison = replace(
            _effect(found, (a, b), MODEL),
            ci95=interval(difference),
            p=raw,
            p_adjusted=adjusted,
            detectable=smallest_detectable(float(np.std(difference, ddof=1))),
        )
        if found.metric == "accuracy":
            comparison = replace(comparison, mcnemar=mcnemar(*(found.evidence.right(m) for m in (a, b))).mid_p)
        comparisons.append(comparison)
    return comparisons


def _of_learners(found: Measured, pairs: list[tuple[int, int]]) -> list[Comparison]:
    """Where a pair has one seed only, p is None: (b) needs more."""
    able = [pair for pair in pairs if _is_able(found.evidence, pair)]
    estimates = {
        (a, b): t_test_over_seeds.difference(found.learners[a], found.learners[b], found.counts.units) for a, b in able
    }
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
                superiority=superiority(*(found.scores[model].tolist() for model in pair)),
                aso=_order(*(found.scores[model] for model in pair)),
                detectable=smallest_detectable(estimate.error, estimate.freedom),
            )
        comparisons.append(effect)
    return comparisons


def _order(first: Floats, second: Floats) -> float | None:
    """Almost stochastic order where there are enough seeds; a deterministic model scores the same with every seed."""
    seeds = max(len(first), len(second))
    several = [np.repeat(scores, seeds) if len(scores) == 1 else scores for scores in (first, second)]
    return almost_stochastic_order(*several) if min(map(len, several)) >= ENOUGH_SEEDS else None


def _is_able(found: Evidence, pair: tuple[int, int]) -> bool:
    """Whether a learner can be told from the luck of a seed: each has several, or is changed by none."""
    return all(found.seeds[model] > 1 or model in found.fixed for model in pair)


def _effect(found: Measured, pair: tuple[int, int], question: str) -> Comparison:
    """How much better the first is: what stands before any test."""
    first, second = (found.means[model] for model in pair)
    return Comparison(
        a=found.evidence.labels[pair[0]],
        b=found.evidence.labels[pair[1]],
        dataset=found.evidence.dataset,
        question=question,
        test=TESTS[question],
        difference=first - second,
        error_reduction=error_reduction(first, second),
        metric=found.metric,
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
