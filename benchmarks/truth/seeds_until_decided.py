"""What `--until decided` costs, and what it finds: python benchmarks/truth/seeds_until_decided.py [ROUNDS].

Draws the scores of the seeds of two models instead of training them, tests after each look as the run does, and stops
where it would. Beside it stands the test with ten seeds of each fixed beforehand, as `seqbench compare` makes it. The
effect is the difference that this fixed test finds in 80 % of cases. Prints a table in Markdown. All rounds are
tested at once; tests/benchmarks/truth/test_seeds_until_decided.py holds that against the functions behind the command.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from seqbench.comparing.statistics.alpha_spending import looks_up_to, nominal_levels

LEVEL, POWER = 0.05, 0.8
FIXED, MOST = 10, 12
UNITS = 1000
_HALVINGS = 20
Floats: TypeAlias = NDArray[np.float64]


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
    Setting("one model's seeds vary twenty times as much", spreads=(0.05, 1.0)),
    Setting("twenty times as much, text as uncertain as ten seeds", spreads=(0.05, 1.0), text=float(np.sqrt(0.1))),
    Setting("twenty times as much, text a tenth of it", spreads=(0.05, 1.0), text=0.1),
    Setting("against a deterministic model", spreads=(0.0, 1.0)),
    Setting("against a deterministic model, text a tenth of its seeds", spreads=(0.0, 1.0), text=0.1),
)


@dataclass(frozen=True)
class Outcome:
    """Share of the rounds that end in a difference, and the mean number of trials."""

    found: float
    trials: float


def drawn(setting: Setting, rounds: int, random: np.random.Generator) -> list[Floats]:
    """Scores of equal models: (rounds, seeds) of the first, with the error of the text, and of the second."""
    seeds = [MOST if spread else 1 for spread in setting.spreads]
    scores = [s * random.standard_normal((rounds, n)) for s, n in zip(setting.spreads, seeds, strict=True)]
    return [scores[0] + setting.text * random.standard_normal((rounds, 1)), scores[1]]


def parts(setting: Setting, scores: Sequence[Floats], seeds: int) -> tuple[Floats, list[tuple[Floats, int]]]:
    """Differences by the first seeds (rounds,), and the variances with their degrees of freedom: text, then seeds."""
    first = [of_model[:, :seeds] for of_model in scores]
    text = np.full(len(first[0]), setting.text**2 * UNITS / (UNITS - 1))
    of_seeds = [(s.var(axis=1, ddof=1) / s.shape[1], s.shape[1] - 1) for s in first if s.shape[1] > 1]
    return first[0].mean(1) - first[1].mean(1), [(text, UNITS - 1), *of_seeds]


def fixed(setting: Setting, scores: Sequence[Floats], effect: float) -> Outcome:
    """What ten seeds of each model find, fixed beforehand: each variance with its own quantile (Banerjee 1960)."""
    difference, variances = parts(setting, scores, FIXED)
    reach = np.sqrt(sum(variance * stdtrit(freedom, LEVEL / 2) ** 2 for variance, freedom in variances))
    found = float((np.abs(difference + effect) >= reach).mean())
    return Outcome(found, sum(FIXED if spread else 1 for spread in setting.spreads))


def reach(level: float, text: tuple[Floats, int], seeds: Sequence[tuple[Floats, Floats | int]]) -> Floats:
    """The difference that a look at a level finds, from variances with degrees of freedom: of the text, of seeds."""
    total = sum(variance for variance, _ in seeds)
    alone = np.maximum.reduce([variance for variance, _ in seeds]) > 0.8 * total
    less = 1 + 0.25 * alone if len(seeds) > 1 else 0.5
    freedom = np.maximum(1, total**2 / sum(variance**2 / df for variance, df in seeds) - less)
    by_text = text[0] * stdtrit(text[1], level / 2) ** 2
    return np.sqrt(by_text + total * stdtrit(freedom, level / 2) ** 2)


def stops(setting: Setting, scores: Sequence[Floats], effect: float) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Whether each round ends in a difference, and with how many seeds of a model that has any: (rounds,)."""
    looks = looks_up_to(MOST)
    (levels,) = nominal_levels(looks, np.array([LEVEL]))
    rejects = []
    for look, level in zip(looks, levels.tolist(), strict=True):
        difference, (text, *seeds) = parts(setting, scores, look)
        rejects.append(np.abs(difference + effect) >= reach(level, text, seeds))
    rejected = np.array(rejects)  # (looks, rounds)
    decided = rejected.any(0)
    return decided, np.where(decided, np.array(looks)[rejected.argmax(0)], MOST)


def sequential(setting: Setting, scores: Sequence[Floats], effect: float) -> Outcome:
    """What the looks find, and what they take."""
    decided, seeds = stops(setting, scores, effect)
    trials = sum(float(seeds.mean()) if spread else 1 for spread in setting.spreads)
    return Outcome(float(decided.mean()), trials)


def effect_of(setting: Setting, scores: Sequence[Floats]) -> float:
    """The difference that ten seeds find in 80 % of these rounds."""
    low, high = 0.0, 5 * max(setting.spreads)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if fixed(setting, scores, middle).found < POWER else (low, middle)
    return (low + high) / 2


def row(setting: Setting, rounds: int, random: np.random.Generator) -> list[str]:
    """Cells of the table for one setting."""
    scores = drawn(setting, rounds, random)
    effect = effect_of(setting, scores)
    before = [fixed(setting, scores, times * effect) for times in (0, 1, 2)]
    looked = [sequential(setting, scores, times * effect) for times in (0, 1, 2)]
    saved = [100 * (1 - after.trials / fixed.trials) for after, fixed in zip(looked, before, strict=True)]
    cells = [setting.name, f"{100 * before[0].found:.2f} %", f"{100 * looked[0].found:.2f} %", f"{-saved[0]:+.0f} %"]
    return [*cells, *(cell for n in (1, 2) for cell in (f"{100 * looked[n].found:.1f} %", f"{saved[n]:.1f} %"))]


def main() -> None:
    """Print the table, a row as soon as it is there."""
    rounds, random = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, np.random.default_rng(2026)
    columns = ["two models", "equal: ten seeds find", "looks find", "trials", "effect: looks find", "trials saved"]
    print(f"| {' | '.join([*columns, 'twice: looks find', 'trials saved'])} |\n|---|{'---:|' * 7}", flush=True)
    for setting in SETTINGS:
        print(f"| {' | '.join(row(setting, rounds, random))} |", flush=True)


if __name__ == "__main__":
    main()
