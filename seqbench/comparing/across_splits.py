"""Results over the folds or random splits of one dataset: all splits in one row, and which learner is better.

Scores of splits whose training sets overlap are not independent; the tests here allow for that: see
`seqbench.comparing.statistics.corrected_resampled_t`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import fmean

import numpy as np
from msgspec.structs import replace as with_fields

from seqbench.comparing.comparison import Comparison, PairTest
from seqbench.comparing.corrected_tests import corrected as corrected_family
from seqbench.comparing.statistics.corrected_resampled_t import Splits, corrected
from seqbench.comparing.statistics.effect_sizes import error_reduction
from seqbench.data.split_options import FOLD, RESPLIT
from seqbench.results.model_names import ModelKey
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results, Row, Score, TrialFailure
from seqbench.scoring.costs import COSTS
from seqbench.scoring.log_loss import PERPLEXITY
from seqbench.scoring.sentence_counts import Floats

SPLITS = "splits"
"""The question of a comparison over splits: are these ways of learning better on other samples of such data?"""
MEAN_OF = "the mean of"
"""Beginning of the note that says what the scores over splits are; others are findings of the audit."""


@dataclass(frozen=True)
class Group:
    """Datasets that are splits of one, under one name: `over` says how many of what kind (5 folds)."""

    name: str
    over: str
    datasets: Sequence[DatasetSummary]

    @property
    def fingerprints(self) -> list[str]:
        """The fingerprints of the splits."""
        return [dataset.fingerprint for dataset in self.datasets]

    @property
    def disjoint(self) -> bool:
        """Whether no two test sets share a sentence: they are folds."""
        return FOLD in self.datasets[0].drawn

    @property
    def whole(self) -> DatasetSummary:
        """The dataset that stands for all splits; its notes are those that all of them have."""
        first, *others = self.datasets
        drawn = {name: value for name, value in first.drawn.items() if name not in (FOLD, RESPLIT)}
        mean = f"{MEAN_OF} {self.over}, each drawn from all sentences of {first.origin}"
        notes = (mean, *(note for note in first.notes if all(note in other.notes for other in others)))
        fingerprint = "+".join(self.fingerprints)
        unknown = {"ceiling": None, "ceilings": None}
        return with_fields(first, name=self.name, fingerprint=fingerprint, notes=notes, drawn=drawn, **unknown)

    @property
    def splits(self) -> Splits:
        """Sizes of the splits, on average. All folds together test the whole; else it is taken as test and train."""
        sizes = [dataset.sentences for dataset in self.datasets if dataset.sentences]
        test, train = fmean(size.test for size in sizes), fmean(size.train for size in sizes)
        fold = self.datasets[0].drawn.get(FOLD)
        whole = test * int(fold.partition("/")[2]) if fold else test + train
        return Splits(test=test, train=train, whole=whole, disjoint=self.disjoint)


def groups(datasets: Sequence[DatasetSummary]) -> list[Group]:
    """The datasets of which there are several splits, with the same training size."""
    alike: dict[tuple[str, ...], list[DatasetSummary]] = {}
    for dataset in datasets:
        drawn = dict(dataset.drawn)
        fold, resplit = drawn.pop(FOLD, None), drawn.pop(RESPLIT, None)
        if fold or resplit:
            kind = f"{fold.partition('/')[2]} folds" if fold else "random splits"
            size = [f"{option} {value}" for option, value in drawn.items()]
            alike.setdefault((kind, dataset.origin, *size), []).append(dataset)
    return [_group(*names, datasets=same) for names, same in alike.items() if len(same) > 1]


def _group(kind: str, *names: str, datasets: Sequence[DatasetSummary]) -> Group:
    count = f"{len(datasets)} "
    over = kind if kind.startswith(count) else f"{count}{'of ' if kind[0].isdigit() else ''}{kind}"
    return Group(", ".join([*names, over]), over, datasets)


def pooled(results: Results, *, folds_alone: bool = False) -> Results:
    """Results with one dataset and one row a model in place of all splits of a group, or of all folds of one alone.

    A score of such a row has a value for each split: the mean of its seeds there.
    """
    datasets, rows, over = list(results.datasets), list(results.rows), dict(results.over)
    for group in groups(results.datasets):
        if folds_alone and not group.disjoint:
            continue
        whole = group.whole
        first = datasets.index(group.datasets[0])
        datasets = [dataset for dataset in datasets if dataset.fingerprint not in group.fingerprints]
        datasets.insert(first, whole)
        rows = [row for row in rows if row.dataset.fingerprint not in group.fingerprints]
        rows += [_row(group, whole, model, results) for model in _models(group, results)]
        over[whole.fingerprint] = group.over
    return replace(results, datasets=datasets, rows=rows, over=over)


def splits_tested(group: Group, results: Results, metric: str, against: ModelKey | None = None) -> list[PairTest]:
    """All pairs of models (or each with one), the better first, by the scores of the splits that both finished."""
    tests = []
    for pair in combinations(_models(group, results), 2):
        if against is None or against in pair:
            first, second = (_scores(group, model, results, metric) for model in pair)
            both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
            if len(both) > 1:
                tests.append(scores_tested(group, pair, np.array(both), metric))
    return tests


def compare(group: Group, results: Results, metric: str, against: ModelKey | None = None) -> list[Comparison]:
    """The comparisons over the splits of one dataset by one metric, corrected for no others."""
    return corrected_family(splits_tested(group, results, metric, against))


def scores_tested(group: Group, pair: tuple[ModelKey, ModelKey], both: Floats, metric: str) -> PairTest:
    """The test of a pair of models by their scores `both` (splits, 2), the better first."""
    (a, b), scores = pair, both
    if scores[:, 0].mean() < scores[:, 1].mean():
        (a, b), scores = (b, a), scores[:, ::-1]
    differences = scores[:, 0] - scores[:, 1]
    estimate = corrected(differences, group.splits)
    first, second = scores.mean(0).tolist()
    comparison = Comparison(
        a=a,
        b=b,
        dataset=group.name,
        question=SPLITS,
        test=f"corrected resampled t test, {len(scores)} splits",
        difference=first - second,
        p=estimate.p,
        error_reduction=None if metric == PERPLEXITY else error_reduction(first, second),
        superiority=float(np.mean((differences > 0) + 0.5 * (differences == 0))),
        metric=metric,
    )
    return PairTest(comparison, estimate, step=1 / group.splits.whole)


def _models(group: Group, results: Results) -> list[ModelKey]:
    return list(dict.fromkeys(row.key for row in results.rows if row.dataset.fingerprint in group.fingerprints))


def _rows(group: Group, model: ModelKey, results: Results) -> list[Row | None]:
    """The rows of a model in the order of the splits, None where it did not run."""
    rows = {row.dataset.fingerprint: row for row in results.rows if row.key == model}
    return [rows.get(fingerprint) for fingerprint in group.fingerprints]


def _scores(group: Group, model: ModelKey, results: Results, metric: str) -> list[float | None]:
    rows = _rows(group, model, results)
    return [_mean(row.comparable_score(metric)) if row else None for row in rows]


def _mean(score: Score | None) -> float | None:
    return score.mean if score else None


def _row(group: Group, whole: DatasetSummary, model: ModelKey, results: Results) -> Row:
    rows = [row for row in _rows(group, model, results) if row]
    costs = {cost.name: [row.costs[cost.name] for row in rows] for cost in COSTS}
    known = {name: [value for value in values if value is not None] for name, values in costs.items()}
    return replace(
        rows[0],
        dataset=whole,
        failures=[_failure(row, failure) for row in rows for failure in row.failures],
        scores={name: Score.of([_mean(row.scores.get(name)) for row in rows]) for name in rows[0].scores},
        metrics={name: Score.of([_mean(row.metrics.get(name)) for row in rows]) for name in rows[0].metrics},
        costs={name: fmean(values) if values else None for name, values in known.items()},
        trials=[trial for row in rows for trial in row.trials],
    )


def _failure(row: Row, failure: TrialFailure) -> TrialFailure:
    return replace(failure, error=f"{row.dataset.name}: {failure.error}")
