"""Models compared: which differences are real, on text like this test set, and for the learners behind the models.

Two questions are kept apart. (a) "model": are these trained models better on text like this test set? Sentences (or
documents, where the corpus marks them) are resampled, the models stay as they are. (b) "learner": is this way of
learning better? Seeds are resampled too, which takes at least two seeds of each model that has seeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from seqbench.comparing.measured import DRAWS, Measured, measure
from seqbench.comparing.statistics import t_test_over_seeds
from seqbench.comparing.statistics.bootstrap import interval, summaries
from seqbench.comparing.statistics.corrections import holm
from seqbench.comparing.statistics.effect_sizes import error_reduction, superiority
from seqbench.comparing.statistics.paired_tests import mcnemar, randomisation
from seqbench.comparing.statistics.power import smallest_detectable
from seqbench.comparing.statistics.stochastic_dominance import ENOUGH_SEEDS, almost_stochastic_order
from seqbench.contracts.metric import Countable
from seqbench.results.model_key import ModelKey
from seqbench.results.predictions import Predictions
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

    a: ModelKey
    b: ModelKey
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


def compare(measured: Measured, against: ModelKey | None = None) -> list[Comparison]:
    """All pairs (or each model against one) under both questions, the better first; Holm within each question."""
    pairs = pairs_of(measured, against)
    return [*_of_models(measured, pairs), *_of_learners(measured, pairs)] if pairs else []


def pairs_of(measured: Measured, against: ModelKey | None = None) -> list[tuple[int, int]]:
    """The models to compare, by number, the better of each pair first; none if `against` did not finish."""
    keys, means = measured.predictions.keys, measured.means
    return [
        (a, b) if means[a] >= means[b] else (b, a)
        for a, b in combinations(range(len(keys)), 2)
        if against is None or against in (keys[a], keys[b])
    ]


def with_intervals(results: Results, predictions: Iterable[Predictions], metrics: Mapping[str, Countable]) -> Results:
    """Results with the 95 % interval of each score that can be recounted.

    Units are drawn, and seeds too where there are several; the same draws for all models and scores.
    """
    limits: dict[tuple[str, ModelKey], dict[str, tuple[float, float]]] = {}
    for of_dataset in predictions:
        measured = [m for name, metric in metrics.items() if (m := measure(of_dataset, name, metric)) is not None]
        drawn = [resampled.learners for resampled in summaries([m.counts for m in measured], DRAWS)]
        for number, key in enumerate(of_dataset.keys):
            limits[of_dataset.dataset.fingerprint, key] = {
                m.metric: interval(scores[:, number]) for m, scores in zip(measured, drawn, strict=True)
            }
    rows = [_limited(row, limits.get((row.dataset.fingerprint, row.key), {})) for row in results.rows]
    return replace(results, rows=rows)


def _limited(row: Row, limits: Mapping[str, tuple[float, float]]) -> Row:
    def limited(scores: Mapping[str, Score]) -> dict[str, Score]:
        return {
            name: replace(score, ci95=list(limits[name])) if name in limits and score.mean is not None else score
            for name, score in scores.items()
        }

    return replace(row, scores=limited(row.scores), metrics=limited(row.metrics))


def _of_models(measured: Measured, pairs: list[tuple[int, int]]) -> list[Comparison]:
    p = randomisation(measured.counts, pairs, DRAWS).tolist()
    drawn = np.ascontiguousarray(measured.resampled.models.T)
    comparisons = []
    for (a, b), raw, adjusted in zip(pairs, p, holm(p), strict=True):
        difference = drawn[a] - drawn[b]
        comparison = replace(
            _effect(measured, (a, b), MODEL),
            ci95=interval(difference),
            p=raw,
            p_adjusted=adjusted,
            detectable=smallest_detectable(float(np.std(difference, ddof=1))),
        )
        if measured.metric == "accuracy":
            comparison = replace(comparison, mcnemar=mcnemar(*(measured.right(m) for m in (a, b))).mid_p)
        comparisons.append(comparison)
    return comparisons


def _of_learners(measured: Measured, pairs: list[tuple[int, int]]) -> list[Comparison]:
    """Comparisons under question (b); p is None for a pair with a single seed."""
    able = [pair for pair in pairs if _is_able(measured, pair)]
    estimates = {
        (a, b): t_test_over_seeds.difference(measured.learners[a], measured.learners[b], measured.counts.units)
        for a, b in able
    }
    adjusted = dict(zip(able, holm([estimate.p for estimate in estimates.values()]), strict=True))
    comparisons = []
    for pair in pairs:
        effect = _effect(measured, pair, LEARNER)
        if estimate := estimates.get(pair):
            effect = replace(
                effect,
                ci95=estimate.interval(),
                p=estimate.p,
                p_adjusted=adjusted[pair],
                superiority=superiority(*(measured.scores[model].tolist() for model in pair)),
                aso=_order(*(measured.scores[model] for model in pair)),
                detectable=smallest_detectable(estimate.error, estimate.freedom),
            )
        comparisons.append(effect)
    return comparisons


def _order(first: Floats, second: Floats) -> float | None:
    """Almost stochastic order where there are enough seeds; a deterministic model scores the same with every seed."""
    seeds = max(len(first), len(second))
    several = [np.repeat(scores, seeds) if len(scores) == 1 else scores for scores in (first, second)]
    return almost_stochastic_order(*several) if min(map(len, several)) >= ENOUGH_SEEDS else None


def _is_able(measured: Measured, pair: tuple[int, int]) -> bool:
    """Whether a learner can be told from the luck of a seed: each has several, or is changed by none."""
    return all(len(model.ids) > 1 or model.deterministic for model in (measured.models[number] for number in pair))


def _effect(measured: Measured, pair: tuple[int, int], question: str) -> Comparison:
    """A comparison before any test: how much better the first model is."""
    first, second = (measured.means[model] for model in pair)
    return Comparison(
        a=measured.predictions.keys[pair[0]],
        b=measured.predictions.keys[pair[1]],
        dataset=measured.predictions.dataset.name,
        question=question,
        test=TESTS[question],
        difference=first - second,
        error_reduction=error_reduction(first, second),
        metric=measured.metric,
    )
