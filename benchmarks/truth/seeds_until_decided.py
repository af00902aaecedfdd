"""What `--until decided` costs, and what it finds: python benchmarks/truth/seeds_until_decided.py [ROUNDS].

Draws the scores of the seeds of two models instead of training them, tests after each look as the run does, and stops
where it would. Beside it stands the test with ten seeds of each fixed beforehand, as `seqbench compare` makes it. The
effect is the difference that this fixed test finds in 80 % of cases. Prints a table in Markdown.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.looked_tests import over_looks
from seqbench.comparing.statistics import t_test_over_seeds
from seqbench.comparing.statistics.alpha_spending import Looks, looks_up_to
from seqbench.comparing.statistics.t_test_over_seeds import Learner

LEVEL, POWER = 0.05, 0.8
FIXED, MOST = 10, 12
UNITS = 1000
CALIBRATED = 4  # times as many rounds for the effect
_HALVINGS = 10


@dataclass(frozen=True)
class Setting:
    """Standard deviations between the seeds of two models, 0 for a deterministic one, and that of the text's error."""

    name: str
    spreads: tuple[float, float] = (1.0, 1.0)
    text: float = 0.0


SETTINGS = (
    Setting("seeds alike, long test set"),
    Setting("seeds alike, text as uncertain as ten seeds", text=float(np.sqrt(0.2))),
    Setting("one model's seeds vary twice as much", spreads=(1.0, 2.0)),
    Setting("one model's seeds vary four times as much", spreads=(1.0, 4.0)),
    Setting("against a deterministic model", spreads=(0.0, 1.0)),
)


@dataclass(frozen=True)
class Outcome:
    """Share of the rounds that end in a difference, and the mean number of trials."""

    found: float
    trials: float


def drawn(setting: Setting, rounds: int, random: np.random.Generator) -> list[NDArray[np.float64]]:
    """Scores of equal models: (rounds, seeds) of the first, with the error of the text, and of the second."""
    seeds = [MOST if spread else 1 for spread in setting.spreads]
    scores = [s * random.standard_normal((rounds, n)) for s, n in zip(setting.spreads, seeds, strict=True)]
    return [scores[0] + setting.text * random.standard_normal((rounds, 1)), scores[1]]


def learners(setting: Setting, scores: Sequence[NDArray[np.float64]], seeds: int) -> list[Learner]:
    """The two learners by their first seeds; resampled test sets show the error of the text."""
    resampled = [np.array([0.0, setting.text * np.sqrt(2)]), np.zeros(2)]
    return [Learner(scores=s[:seeds], on_resampled=r) for s, r in zip(scores, resampled, strict=True)]


def fixed(setting: Setting, scores: Sequence[NDArray[np.float64]], effect: float) -> Outcome:
    """What ten seeds of each model find, fixed beforehand."""
    found = 0
    for first, second in zip(*scores, strict=True):
        a, b = learners(setting, [first + effect, second], FIXED)
        estimate = t_test_over_seeds.difference(a, b, UNITS)
        found += abs(estimate.value) >= estimate.reach(LEVEL)  # as p <= LEVEL, and much quicker
    return Outcome(found / len(scores[0]), sum(FIXED if spread else 1 for spread in setting.spreads))


def sequential(setting: Setting, scores: Sequence[NDArray[np.float64]], effect: float) -> Outcome:
    """What the looks find, and what they take."""
    found, trials, planned = 0, 0, Looks(looks_up_to(MOST))
    for first, second in zip(*scores, strict=True):
        decided, seeds = False, planned.planned[0]
        for seeds in planned.planned:
            a, b = learners(setting, [first + effect, second], seeds)
            better, worse = (a, b) if a.scores.mean() >= b.scores.mean() else (b, a)
            result = over_looks(better, worse, UNITS, planned.up_to(seeds))
            decided = result is not None and result.p <= LEVEL
            if decided:
                break
        found += decided
        trials += sum(seeds if spread else 1 for spread in setting.spreads)
    return Outcome(found / len(scores[0]), trials / len(scores[0]))


def effect_of(setting: Setting, scores: Sequence[NDArray[np.float64]]) -> float:
    """The difference that ten seeds find in 80 % of these rounds."""
    low, high = 0.0, 5 * max(setting.spreads)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if fixed(setting, scores, middle).found < POWER else (low, middle)
    return (low + high) / 2


def row(setting: Setting, rounds: int, random: np.random.Generator) -> list[str]:
    """Cells of the table for one setting."""
    scores = drawn(setting, rounds, random)
    effect = effect_of(setting, drawn(setting, CALIBRATED * rounds, random))
    before = [fixed(setting, scores, times * effect) for times in (0, 1, 2)]
    looked = [sequential(setting, scores, times * effect) for times in (0, 1, 2)]
    cells = [setting.name, *(f"{100 * o[0].found:.1f} %" for o in (before, looked))]
    cells += [f"{looked[0].trials:.1f} ({100 * (looked[0].trials / before[0].trials - 1):+.0f} %)"]
    for n in (1, 2):
        saved = 100 * (1 - looked[n].trials / before[n].trials)
        cells += [f"{100 * before[n].found:.0f} %", f"{100 * looked[n].found:.0f} %", f"{saved:.1f} %"]
    return cells


def main() -> None:
    """Print the table, a row as soon as it is there."""
    rounds, random = int(sys.argv[1]) if len(sys.argv) > 1 else 4000, np.random.default_rng(2026)
    columns = ["two models", "equal: ten seeds find", "equal: looks find", "equal: trials"]
    columns += ["effect: ten seeds find", "looks find", "trials saved", "twice: ten seeds find", "looks find"]
    print(f"| {' | '.join([*columns, 'trials saved'])} |\n|---|{'---:|' * 9}", flush=True)
    for setting in SETTINGS:
        print(f"| {' | '.join(row(setting, rounds, random))} |", flush=True)


if __name__ == "__main__":
    main()
