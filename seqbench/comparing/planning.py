"""Planning: how much text and how many seeds it takes to find a difference between models of a finished run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seqbench.comparing.comparison import LEVEL, pairs_of
from seqbench.comparing.measured import Measured
from seqbench.comparing.statistics import t_test_over_seeds
from seqbench.comparing.statistics.sample_sizes import seeds_needed, units_needed
from seqbench.comparing.statistics.t_test_over_seeds import Learner
from seqbench.results.model_names import ModelKey


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a pair takes on a dataset: `units` of text for question (a), and `seeds` of each for question (b).

    None where no number is enough, or where the run does not show how far seeds spread (`seeds_known` is false).
    """

    a: ModelKey
    b: ModelKey
    units: int | None
    seeds: int | None
    seeds_known: bool


def needs(measured: Measured, size: float, tests: int, against: ModelKey | None = None) -> Iterator[Need]:
    """What each pair takes for a real difference of a `size`, with as many tests in a command as there are now."""
    level, count = LEVEL / max(1, tests), measured.counts.units
    drawn = measured.resampled.models
    for a, b in pairs_of(measured, against):
        text = t_test_over_seeds.by_text(drawn[:, a] - drawn[:, b], count)
        learners = [measured.learners[number] for number in (a, b)]
        seeded = [not measured.models[number].deterministic for number in (a, b)]
        known = all(len(learner.scores) > 1 for learner, has in zip(learners, seeded, strict=True) if has)
        variances = [_of_one_seed(learner) for learner, has in zip(learners, seeded, strict=True) if has]
        yield Need(
            a=measured.predictions.keys[a],
            b=measured.predictions.keys[b],
            units=units_needed(text.variance * count, size, level),
            seeds=seeds_needed(text, variances, size, level) if known and variances else None,
            seeds_known=known,
        )


def _of_one_seed(learner: Learner) -> float:
    return learner.seeds_variance * len(learner.scores)
