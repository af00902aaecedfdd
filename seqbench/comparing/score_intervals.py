"""Intervals of single scores: text and seeds drawn anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from seqbench.comparing.statistics.bootstrap import Resampled, summaries
from seqbench.comparing.statistics.t_test_over_seeds import score
from seqbench.comparing.unit_counts import DRAWS, Measured, Units, measure
from seqbench.contracts.metric import Countable
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions
from seqbench.results.rows import Results, Row, Score

Limits: TypeAlias = tuple[float, float] | None


def intervals(measured: Measured, resampled: Resampled | None = None) -> list[Limits]:
    """The 95 % interval of each model's score; None where too few documents, or rare tags, allow none.

    The error adds up that of the text and that of the seeds, as it does for differences of learners.
    """
    if measured.units.undecided or measured.unsteady:
        return [None] * len(measured.models)
    units = measured.counts.units
    learners = measured.learners if resampled is None else measured.learners_on(resampled)
    return [score(learner, units).share_interval(units) for learner in learners]


def with_intervals(
    results: Results, predictions: Iterable[Predictions], metrics: Mapping[str, Countable], *, sentences: bool = False
) -> Results:
    """Results with the 95 % interval of each score that can be recounted; the same draws for all models and scores."""
    limits: dict[tuple[str, ModelKey], dict[str, Limits]] = {}
    for of_dataset in predictions:
        units = Units.of(of_dataset, sentences=sentences)
        every = [m for name, metric in metrics.items() if (m := measure(of_dataset, name, metric, units)) is not None]
        for measured, resampled in zip(every, summaries([m.counts for m in every], DRAWS), strict=True):
            for key, interval in zip(of_dataset.keys, intervals(measured, resampled), strict=True):
                limits.setdefault((of_dataset.dataset.fingerprint, key), {})[measured.metric] = interval
    rows = [_limited(row, limits.get((row.dataset.fingerprint, row.key), {})) for row in results.rows]
    return replace(results, rows=rows)


def _limited(row: Row, limits: Mapping[str, Limits]) -> Row:
    def limited(scores: Mapping[str, Score]) -> dict[str, Score]:
        return {name: _with(score, limits.get(name)) for name, score in scores.items()}

    return replace(row, scores=limited(row.scores), metrics=limited(row.metrics))


def _with(score: Score, interval: Limits) -> Score:
    return replace(score, ci95=list(interval)) if interval and score.mean is not None else score
