"""Do the tests keep their word? Simulated taggers, equal and unequal: python benchmarks/truth/simulations.py [ROUNDS].

Sentences differ in length and difficulty, and taggers err together on hard tokens, as real ones do. Prints how often
the randomisation test rejects equal taggers at 5 %, how often Holm's correction over ten pairs lets any false rejection
through, how often a difference of once and twice the smallest detectable one is found, and how often the test of the
second question rejects equal learners of five seeds each, some seeds better than others.
"""

from __future__ import annotations

import sys
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.bootstrap import Resampled, resampled
from seqbench.comparing.statistics.corrections import holm
from seqbench.comparing.statistics.paired_tests import randomisation
from seqbench.comparing.statistics.power import smallest_detectable
from seqbench.comparing.statistics.resampling import Draws
from seqbench.comparing.statistics.t_test_over_seeds import Learner, difference
from seqbench.scoring.sentence_counts import Counts, of_tokens

SENTENCES = 2000
LEVEL = 0.05
SEEDS, SPREAD = 5, 0.02
"""Seeds of a learner, and how their skills are spread: about 0.1 points of accuracy."""
Right = NDArray[np.int64]


class Text:
    """A test set on which taggers of any accuracy can be simulated: each token has a difficulty that all share."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.tokens = random.geometric(1 / 12, SENTENCES) + 1
        self.sentence = np.repeat(np.arange(SENTENCES), self.tokens)
        hard_sentences = random.normal(0, 0.6, SENTENCES)[self.sentence]
        self.difficulty = hard_sentences + random.normal(0, 1.5, len(self.sentence))
        self.scale = self.difficulty + self._luck()

    def right(self, skill: float) -> Right:
        """Right tokens (sentences,) of one tagger; its own luck comes on top of the shared difficulty."""
        right = self.difficulty + self._luck() < skill
        return np.bincount(self.sentence, right, SENTENCES).astype(np.int64)

    def skill_of(self, accuracy: float) -> float:
        """The skill that gives this accuracy, measured on one scale for all."""
        return float(np.quantile(self.scale, accuracy))

    def _luck(self) -> NDArray[np.float64]:
        return self.random.normal(0, 0.5, len(self.difficulty))


def counted(text: Text, models: list[list[Right]]) -> Counts:
    """What the comparison sees of models, each a list of the right tokens of its seeds."""
    return of_tokens([np.stack(seeds) for seeds in models], text.tokens.astype(np.int64))


def equal(rounds: int, random: np.random.Generator) -> tuple[float, float]:
    """The share of equal pairs rejected, and of families of ten pairs with any rejection after Holm."""
    single, families = [], []
    for seed in range(rounds):
        text = Text(random)
        skill = text.skill_of(0.95)
        taggers = counted(text, [[text.right(skill)] for _ in range(5)])
        p = randomisation(taggers, list(combinations(range(5), 2)), Draws(seed=seed)).tolist()
        single.append(p[0] <= LEVEL)
        families.append(min(holm(p)) <= LEVEL)
    return float(np.mean(single)), float(np.mean(families))


def planted(rounds: int, times: float, random: np.random.Generator) -> tuple[float, float]:
    """How often a planted difference is found, and its mean size in points."""
    found, sizes = [], []
    for seed in range(rounds):
        text, draws = Text(random), Draws(seed=seed)
        base = text.skill_of(0.95)
        one, two = resampled([counted(text, [[text.right(base)], [text.right(base)]])], draws)[0]
        size = times * smallest_detectable(float(np.std(one - two, ddof=1)))
        pair = counted(text, [[text.right(text.skill_of(0.95 + size))], [text.right(base)]])
        found.append(randomisation(pair, [(0, 1)], draws)[0] <= LEVEL)
        sizes.append(100 * size)
    return float(np.mean(found)), float(np.mean(sizes))


def equal_learners(rounds: int, random: np.random.Generator) -> float:
    """The share of pairs of equal learners, of several seeds each, that are told apart."""
    found = []
    for seed in range(rounds):
        text = Text(random)
        base = text.skill_of(0.95)
        skills = base + random.normal(0, SPREAD, (2, SEEDS))
        both = counted(text, [[text.right(float(skill)) for skill in seeds] for seeds in skills])
        drawn = Resampled.of(both, Draws(seed=seed))
        learners = [Learner(*one) for one in zip(both.scores(), drawn.models.T, drawn.by_text.tolist(), strict=True)]
        found.append(difference(learners[0], learners[1], SENTENCES).p <= LEVEL)
    return float(np.mean(found))


def main() -> None:
    """Print the rates with the number of rounds that they come from."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    random = np.random.default_rng(2026)
    single, family = equal(rounds, random)
    print(f"{rounds} simulations of {SENTENCES:,} sentences each, taggers at 95 % accuracy, level {100 * LEVEL:.0f} %")
    print(f"equal taggers rejected: {100 * single:.1f} %")
    print(f"any of ten equal pairs rejected after Holm: {100 * family:.1f} %")
    for times in (1.0, 2.0):
        share, size = planted(rounds, times, random)
        print(f"{times:.0f} x the smallest detectable difference ({size:.2f} points) found: {100 * share:.1f} %")
    print(f"equal learners of {SEEDS} seeds each told apart: {100 * equal_learners(rounds, random):.1f} %")


if __name__ == "__main__":
    main()
