"""Other ways to look at seeds than `--until decided` has: python benchmarks/truth/ways_of_looking.py [ROUNDS].

Fewer looks, other shares of the level at each look (Pocock's and O'Brien and Fleming's by Lan and DeMets 1983, a power
of the seeds), and no further seeds for the model of a pair whose seeds hardly vary beside the other's. All ways have
the same scores, drawn as in `seeds_until_decided`. Prints a table in Markdown.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, ndtr, ndtri
from seeds_until_decided import LEVEL, MOST, SETTINGS, UNITS, Floats, Outcome, Setting, drawn, effect_of, fixed, reach

from seqbench.comparing.statistics.alpha_spending import looks_up_to

Share = Callable[[float], float]
"""Part of the level that is spent up to a part of the seeds."""
_SURE = 0.75  # that a variance is not larger than its bound


@dataclass(frozen=True, kw_only=True)
class Way:
    """Looks at so many seeds, the spending of the level, and a bound of the variance below which a model is held."""

    name: str
    looks: tuple[int, ...] = looks_up_to(MOST)
    spent: Share = lambda part: part
    held: float = 0.0
    level: float = LEVEL

    def levels(self) -> list[float]:
        """The level of the test at each look: that of a spending in proportion, on a clock that runs as `spent`."""
        clock = [self.spent(look / self.looks[-1]) for look in self.looks]
        return spent_levels(self.looks, [share / clock[-1] for share in clock], self.level)


def spent_levels(looks: Sequence[int], shares: Sequence[float], level: float) -> list[float]:
    """Nominal levels that spend these shares of a level up to each look, by simulation of random walks."""
    random = np.random.default_rng(1)
    walks = np.cumsum(random.standard_normal((400_000, looks[-1]), np.float32), axis=1)[:, [n - 1 for n in looks]]
    left, levels, before = np.ones(len(walks), bool), [], 0.0
    for number, (look, share) in enumerate(zip(looks, shares, strict=True)):
        ends = np.sort(np.abs(walks[left, number]))[::-1] / math.sqrt(look)
        count = max(1, round(0.95 * level * (share - before) * len(walks)))
        border = float(ends[min(count, len(ends) - 1)])
        levels.append(float(2 * ndtr(-border)))
        left &= np.abs(walks[:, number]) / math.sqrt(look) < border
        before = share
    return levels


WAYS = (
    Way(name="as it is"),
    Way(name="looks at 4, 6, 8, 10, 12", looks=(4, 6, 8, 10, 12)),
    Way(name="looks at 5, 8, 12", looks=(5, 8, 12)),
    Way(name="Pocock", spent=lambda part: math.log(1 + (math.e - 1) * part)),
    Way(name="O'Brien and Fleming", spent=lambda part: 2 * float(ndtr(-ndtri(1 - LEVEL / 2) / math.sqrt(part)))),
    Way(name="seeds to the power 1.5", spent=lambda part: part**1.5),
    Way(name="held under a fifth", held=0.2),
    Way(name="held under a fifth, level 4.5 %", held=0.2, level=0.045),
)


def outcome(way: Way, setting: Setting, scores: Sequence[Floats], effect: float, levels: Sequence[float]) -> Outcome:
    """What the looks find, and what they take, where a model may have fewer seeds than the other."""
    rounds = np.arange(len(scores[0]))
    own = [np.full(len(rounds), 1 if not spread else way.looks[0]) for spread in setting.spreads]
    decided, trials = np.zeros(len(rounds), bool), np.zeros(len(rounds))
    for number, (look, level) in enumerate(zip(way.looks, levels, strict=True)):
        if number:
            own = _further(way, setting, scores, own, look)
        means, variances = _of_seeds(scores, own)
        text = np.full(len(rounds), setting.text**2 * UNITS / (UNITS - 1)), UNITS - 1
        each = zip(variances, own, setting.spreads, strict=True)
        seeds = [(variance, count - 1) for variance, count, spread in each if spread]
        trials = np.where(decided, trials, own[0] + own[1])
        decided |= np.abs(means[0] - means[1] + effect) >= reach(level, text, seeds)
    return Outcome(float(decided.mean()), float(trials.mean()))


def _of_seeds(scores: Sequence[Floats], own: Sequence[Floats]) -> tuple[list[Floats], list[Floats]]:
    """Means and variances of the means of the first seeds that each model has: (rounds,)."""
    means, variances = [], []
    for of_model, count in zip(scores, own, strict=True):
        chosen = np.arange(of_model.shape[1]) < count[:, None]
        mean = (of_model * chosen).sum(1) / count
        squares = (((of_model - mean[:, None]) * chosen) ** 2).sum(1)
        means.append(mean)
        variances.append(np.divide(squares, (count - 1) * count, out=np.zeros(len(mean)), where=count > 1))
    return means, variances


def _further(way: Way, setting: Setting, scores: Sequence[Floats], own: Sequence[Floats], look: int) -> list[Floats]:
    """Numbers of seeds at the next look: a model is held whose variance, at most, is a small share of that of both."""
    _, variances = _of_seeds(scores, own)
    further = []
    for number, (variance, count) in enumerate(zip(variances, own, strict=True)):
        if not setting.spreads[number]:
            further.append(count)
            continue
        most = variance * (count - 1) / chdtri(count - 1, _SURE)  # chdtri is the upper tail
        held = (most < way.held * sum(variances)) & all(setting.spreads)
        further.append(np.where(held, count, look))
    return further


def main() -> None:
    """Print the table, a row as soon as it is there."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    columns = ["two models", "way", "equal: found", "trials", "effect: found", "saved", "twice: saved"]
    print(f"| {' | '.join(columns)} |\n|---|---|{'---:|' * 5}", flush=True)
    levels = {way: way.levels() for way in WAYS}
    for setting in SETTINGS:
        scores = drawn(setting, rounds, np.random.default_rng(2026))
        effect = effect_of(setting, scores)
        for way in WAYS:
            looked = [outcome(way, setting, scores, times * effect, levels[way]) for times in (0, 1, 2)]
            saved = [100 * (1 - o.trials / fixed(setting, scores, 0).trials) for o in looked]
            cells = [f"{100 * looked[0].found:.2f} %", f"{-saved[0]:+.0f} %", f"{100 * looked[1].found:.1f} %"]
            cells += [f"{saved[1]:.1f} %", f"{saved[2]:.1f} %"]
            print(f"| {setting.name} | {way.name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
