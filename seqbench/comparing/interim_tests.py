"""Tests of models whose number of seeds was chosen by looking at their scores.

Whatever made the run stop, all looks are made again from the seeds that are there: the first 4 of each model, the first
5, ... Their levels add up to that of one test (`seqbench.comparing.statistics.alpha_spending`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from seqbench.comparing.statistics import t_test_over_seeds
from seqbench.comparing.statistics.alpha_spending import Looks, at_look, looks_up_to
from seqbench.comparing.statistics.estimate import Estimate
from seqbench.comparing.statistics.t_test_over_seeds import Learner
from seqbench.comparing.unit_counts import Measured

_LEVEL = 0.05


@dataclass(frozen=True)
class Looked:
    """Result of the looks at a pair: the estimate at the last, p over all, and the part of a level of the last."""

    estimate: Estimate
    p: float
    share: float


def looks_at(measured: Measured, pair: tuple[int, int]) -> Looks | None:
    """The planned looks at a pair of models, None where the seeds of both were fixed before, or none is needed."""
    chosen = [number for number in pair if measured.models[number].most_seeds]
    if not chosen:
        return None
    most = max(max(measured.models[number].most_seeds, len(measured.scores[number])) for number in chosen)
    return Looks(looks_up_to(most))


def looked(measured: Measured, pair: tuple[int, int], looks: Looks) -> Looked | None:
    """Result of the looks at the learners of a pair; None if there are fewer seeds than at the first."""
    a, b = pair
    counts = [len(measured.scores[number]) for number in pair if measured.models[number].most_seeds]
    return over_looks(measured.learners[a], measured.learners[b], measured.counts.units, looks.up_to(min(counts)))


def over_looks(a: Learner, b: Learner, units: int, looks: Looks) -> Looked | None:
    """Result of the looks so far at two learners, `a` the better one in the end; None if there was no look.

    A look that would decide for the other one counts for nothing.
    """
    if not looks.made:
        return None
    estimates = {seeds: _estimate(_first(a, seeds), _first(b, seeds), units) for seeds in looks.made}
    p = looks.overall_p({n: estimate.p if estimate.value > 0 else 1.0 for n, estimate in estimates.items()})
    return Looked(estimates[looks.made[-1]], p, looks.share(looks.made[-1], _LEVEL))


def _estimate(a: Learner, b: Learner, units: int) -> Estimate:
    """The difference of two learners at a look."""
    text = t_test_over_seeds.by_text(a.on_resampled - b.on_resampled, units)
    return at_look(float(a.scores.mean() - b.scores.mean()), text, (*a.seeds_part, *b.seeds_part))


def _first(learner: Learner, seeds: int) -> Learner:
    return replace(learner, scores=learner.scores[:seeds])


def told(measured: Measured) -> str | None:
    """Sentence that says that seeds were chosen by looking, and what that does to the tests; None where none were."""
    most: Mapping[str, int] = {m.key.label: m.most_seeds for m in measured.models if m.most_seeds}
    if not most:
        return None
    looks = looks_up_to(max(most.values()))
    if len(looks) == 1:
        return f"these scores were looked at once, at {looks[0]} seeds, and p and intervals are those of one look"
    return (
        f"the number of seeds was chosen by looking at these scores (at {looks[0]} to {looks[-1]} seeds, up to "
        f"{len(looks)} times): p and intervals of differences are those of tests that share their level over all looks"
    )


def counted_looks(looks: Looks) -> str:
    """The number of planned looks with its noun."""
    return "1 look" if len(looks.planned) == 1 else f"{len(looks.planned)} looks"
