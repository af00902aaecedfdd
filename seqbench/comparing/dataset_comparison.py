"""A dataset compared by one metric: what its table says of each model, and the tests of the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from seqbench.comparing.comparison import Comparison, PairTest, learners_tested, models_tested, pairs_of
from seqbench.comparing.corrected_tests import corrected
from seqbench.comparing.interim_tests import told
from seqbench.comparing.ranks import best_shares
from seqbench.comparing.score_intervals import intervals
from seqbench.comparing.unit_counts import DRAWS, Measured
from seqbench.results.model_names import ModelKey
from seqbench.scoring.sentence_counts import Floats


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A model on a dataset: its mean score, the interval, and how often it is best on resampled test sets."""

    model: ModelKey
    mean: float
    interval: tuple[float, float] | None
    deterministic: bool
    p_best: float


@dataclass(frozen=True, kw_only=True)
class DatasetComparison:
    """Models on one dataset by one metric, and their pairs: `tests` as made, `comparisons` once they are corrected.

    `units` says what is resampled, `why` what keeps scores from having an interval, and `looked` that seeds were
    chosen by looking. `fewest_seeds` are those of the model with the fewest, of those that have seeds.
    """

    dataset: str
    metric: str
    units: str
    standings: list[Standing]
    tests: list[PairTest]
    comparisons: list[Comparison]
    why: str | None = None
    looked: str | None = None
    fewest_seeds: int = 0


def compared(
    measured: Measured, against: ModelKey | None = None, family: int | None = None, *, with_orders: bool = True
) -> DatasetComparison:
    """Pairs (or each model against one) under both questions, the better first.

    `family` is the number of tests of the whole command; else it is that of this dataset. `with_orders` as in
    `learners_tested`.
    """
    pairs, tests = pairs_of(measured, against), []
    if pairs:
        tests += models_tested(measured, pairs, family or 2 * len(pairs))
        tests += learners_tested(measured, pairs, with_orders=with_orders)
    shares = best_shares(drawn_learners(measured))
    standings = [
        Standing(model=model.key, mean=mean, interval=limits, deterministic=model.deterministic, p_best=share)
        for model, mean, limits, share in zip(measured.models, measured.means, intervals(measured), shares, strict=True)
    ]
    return DatasetComparison(
        dataset=measured.predictions.dataset.name,
        metric=measured.metric,
        units=str(measured.units),
        standings=standings,
        tests=tests,
        comparisons=[],
        why=measured.units.undecided or measured.unsteady,
        looked=told(measured),
        fewest_seeds=min((len(model.ids) for model in measured.models if not model.deterministic), default=0),
    )


def drawn_learners(measured: Measured) -> Floats:
    """Scores that the learners might have on other text with other seeds: (draws, models).

    Text is resampled; the error of the seeds is drawn from Student's t with the degrees of freedom of that many seeds,
    since two or three seeds, drawn again and again, hardly ever show how far others would lie from them.
    """
    random, drawn = np.random.default_rng([DRAWS.seed, 5]), measured.resampled.models.copy()
    for number, learner in enumerate(measured.learners):
        for part in learner.seeds_part:
            drawn[:, number] += np.sqrt(part.variance) * random.standard_t(part.freedom, len(drawn))
    return drawn


def corrected_together(compared: Sequence[DatasetComparison], times: int = 1) -> list[DatasetComparison]:
    """Datasets with their comparisons, corrected over all of them."""
    comparisons = iter(corrected([test for dataset in compared for test in dataset.tests], times))
    return [replace(dataset, comparisons=[next(comparisons) for _ in dataset.tests]) for dataset in compared]


def compare(measured: Measured, against: ModelKey | None = None) -> list[Comparison]:
    """The comparisons of one dataset by one metric, corrected for no others."""
    (alone,) = corrected_together([compared(measured, against)])
    return alone.comparisons
