"""Numbers of reasonable analyses of the same predictions in which one model is better than another.

An analysis is one choice of each kind: score, policy for illegal spans, slice of the words, sentences that train has
or not, seeds, and unit that is resampled. Such a set of analyses is called a multiverse (Steegen et al. 2016). What is
told is a count of analyses. They share most of their tokens, so that the count is no probability, and no test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from seqbench.comparing.comparison import LEVEL, TIE
from seqbench.comparing.multiverse_scores import ACCURACY, SCORE, Way, ways
from seqbench.comparing.multiverse_seeds import SeedChoice, seed_choices
from seqbench.comparing.statistics.linear_scores import two_sided
from seqbench.comparing.unit_counts import Units
from seqbench.contracts.metric import Flags
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions
from seqbench.scoring.sentence_counts import Floats, Integers

SEEDS, UNIT = "seeds", "unit"
_NAMED = 3  # choices that flip a pair

Choice = tuple[str, str]
"""A kind of choice and its value."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Numbers of analyses: all, those in which the first model is better, those in which both are tied.

    Of those that can be `tested`, `significant` show the first model to be better, `against` to be worse.
    """

    analyses: int
    holds: int
    tied: int
    tested: int
    significant: int
    against: int

    @property
    def flipped(self) -> float:
        """Share of the analyses in which the first model is not better."""
        return 1 - self.holds / self.analyses


@dataclass(frozen=True, kw_only=True)
class Multiverse:
    """Two models on a dataset, first the better by the first analysis, which is of all words, sentences and seeds.

    `score` and `difference` (a fraction of 1) are those of the first analysis. `choices` counts the analyses of each
    choice. `over_splits`: of all splits together, of which no analysis is tested.
    """

    a: ModelKey
    b: ModelKey
    dataset: str
    score: str
    difference: float
    whole: Counted
    choices: Mapping[Choice, Counted]
    over_splits: bool = False

    @property
    def flipping(self) -> list[Choice]:
        """The choices, three at most, with the largest shares of analyses in which the first model is not better.

        Only choices whose share is above that of all analyses.
        """
        above = [choice for choice, counted in self.choices.items() if counted.flipped > self.whole.flipped + TIE]
        return sorted(above, key=lambda choice: -self.choices[choice].flipped)[:_NAMED]


def multiverse(predictions: Predictions, against: ModelKey | None = None, score: str = ACCURACY) -> list[Multiverse]:
    """Analyses counted for all pairs of models, or for each model beside one; `score` is that of the first analysis.

    Of splits of one dataset no analysis is tested, and no unit is chosen: their training sets overlap.
    """
    keys = predictions.keys
    every = list(combinations(range(len(keys)), 2))
    pairs = [pair for pair in every if against is None or against in (keys[pair[0]], keys[pair[1]])]
    if not pairs:
        return []
    table = _Table(predictions, np.array(pairs), list(seed_choices(predictions.models)))
    for way in ways(predictions, score):
        table.add(way)
    return list(table.counted())


def beside_the_best(predictions: Predictions, score: str = ACCURACY) -> list[Multiverse]:
    """Analyses counted for each model beside that which is best by the first analysis: those of `multiverse`."""
    if not predictions.keys[1:]:
        return []
    first, every = next(ways(predictions, score)), next(seed_choices(predictions.models))
    return multiverse(predictions, predictions.keys[int((every.weights @ first.linear.scores).argmax())], score)


@dataclass(eq=False)
class _Table:
    """Choices, differences and p of all analyses as they are made: each a column (pairs,), NaN where there is none."""

    predictions: Predictions
    pairs: Integers
    seeds: Sequence[SeedChoice]
    choices: list[Mapping[str, str]] = field(default_factory=list)
    differences: list[Floats] = field(default_factory=list)
    p: list[Floats] = field(default_factory=list)

    def add(self, way: Way) -> None:
        """Add the analyses of one way to score: all choices of seeds and units."""
        over_splits = bool(self.predictions.folds)
        for units in _units(self.predictions, alone=over_splits):
            unsteady, influence = way.unsteady(_unit_of(units)), way.linear.by_unit(units.starts)
            used = 0 if units.undecided or over_splits else _number_used(way.used, units)
            for seeds in self.seeds:
                applies = seeds.applies(self.pairs)
                first, second = self.pairs[applies].T
                scores, spread = seeds.weights @ way.linear.scores, seeds.weights @ influence
                apart, p = (np.full(len(self.pairs), np.nan) for _ in range(2))
                apart[applies] = scores[first] - scores[second]
                p[applies] = two_sided(apart[applies], spread[first] - spread[second], used)
                p[(_hanging(seeds, unsteady)[self.pairs]).any(1)] = np.nan
                self.choices.append({**way.choices, SEEDS: seeds.name, UNIT: units.kind})
                self.differences.append(apart)
                self.p.append(p)

    def counted(self) -> Iterator[Multiverse]:
        """The analyses of each pair."""
        differences, p = np.stack(self.differences, 1), np.stack(self.p, 1)  # (pairs, analyses)
        every = dict.fromkeys(choice for choices in self.choices for choice in choices.items())
        masks = {choice: np.array([c.get(choice[0]) == choice[1] for c in self.choices]) for choice in every}
        for pair, apart, of_p in zip(self.pairs.tolist(), differences, p, strict=True):
            a, b = (self.predictions.keys[number] for number in (pair if apart[0] >= 0 else pair[::-1]))
            turned = apart if apart[0] >= 0 else -apart
            counts = {choice: _counted(turned[mask], of_p[mask]) for choice, mask in masks.items()}
            yield Multiverse(
                a=a,
                b=b,
                dataset=self.predictions.dataset.name,
                score=self.choices[0][SCORE],
                difference=float(turned[0]),
                whole=_counted(turned, of_p),
                choices={choice: counted for choice, counted in counts.items() if counted.analyses},
                over_splits=bool(self.predictions.folds),
            )


def _counted(differences: Floats, p: Floats) -> Counted:
    """Numbers of analyses, from differences and p: (analyses,)."""
    better, shown = differences > TIE, p <= LEVEL
    return Counted(
        analyses=int((~np.isnan(differences)).sum()),
        holds=int(better.sum()),
        tied=int((np.abs(differences) <= TIE).sum()),
        tested=int((~np.isnan(p)).sum()),
        significant=int((shown & better).sum()),
        against=int((shown & (differences < -TIE)).sum()),
    )


def _units(predictions: Predictions, *, alone: bool) -> Iterator[Units]:
    """Sentences, and documents where two or more are marked, unless sentences are wanted alone."""
    sentences = Units.of(predictions, sentences=True)
    yield sentences
    if sentences.marked and not alone:
        yield Units.of(predictions)


def _unit_of(units: Units) -> Integers:
    """The unit of each sentence: (sentences,)."""
    sizes = np.diff(units.starts)
    return np.repeat(np.arange(len(sizes)), sizes)


def _number_used(used: Flags, units: Units) -> int:
    """Number of units with a sentence that a score looks at."""
    return len(np.unique(_unit_of(units)[used]))


def _hanging(seeds: SeedChoice, unsteady: Flags) -> Flags:
    """Whether a trained model that stands for a model hangs on rare tags: (models,)."""
    hanging: Flags = (seeds.weights > 0) @ unsteady
    return hanging
