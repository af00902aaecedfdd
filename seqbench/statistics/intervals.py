"""Bootstrap distributions of scores: over the units of the test set, and over seeds and units (Efron 1979)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.statistics.counts import Counts, Floats
from seqbench.statistics.resampling import Draws

_NUMBERS_AT_ONCE = 1 << 18  # sums of one block of draws: few enough to stay near the processor


@dataclass(frozen=True, eq=False)
class Resampled:
    """What resampling says of one metric.

    Question (a), the seeds as they are: `models` (draws, models), the mean over a model's seeds. Question (b), seeds
    drawn as well, the same for all models with as many: `learners` (draws, models). `by_text` (models,): the variance
    between the seeds of a model on a resampled test set that their scores on the whole one do not explain, averaged
    over the draws; 0 for a single seed.
    """

    models: Floats
    learners: Floats
    by_text: Floats

    @classmethod
    def of(cls, counts: Counts, draws: Draws) -> Resampled:
        """By `draws.count` test sets of units drawn with replacement."""
        return summaries([counts], draws)[0]


def summaries(measured: Sequence[Counts], draws: Draws) -> list[Resampled]:
    """One for each metric, where several are counted in the same units.

    A draw is the same test set for all seeds of all models and all metrics.
    """
    found = [_OfShares(counts, draws) if counts.whole is not None else _Summary(counts, draws) for counts in measured]
    for block in _blocks([one.columns for one in found], draws):
        for one, sums in zip(found, block, strict=True):
            one.add(sums)
    return [one.all() for one in found]


def resampled(measured: Sequence[Counts], draws: Draws) -> list[list[Floats]]:
    """The same in full, which takes memory: the score of each seed of each model, (draws, seeds) a model."""
    blocks = list(zip(*_blocks([_columns(counts) for counts in measured], draws), strict=True))
    found = [_scores(counts, np.concatenate(sums)) for counts, sums in zip(measured, blocks, strict=True)]
    return [[s[:, place] for place in _places(counts)] for counts, s in zip(measured, found, strict=True)]


class _Summary:
    """Adds up what `Resampled` tells, block by block, from the sums of `columns` (units, quantities of all seeds)."""

    def __init__(self, counts: Counts, draws: Draws) -> None:
        self.counts, self.draws, self.places = counts, draws, _places(counts)
        self.columns = _columns(counts)
        self.scores = np.concatenate(counts.scores())
        self.shares = {seeds: draws.shares(seeds) for seeds in {len(model) for model in counts.models}}
        self.models, self.learners = (np.empty((draws.count, len(self.places))) for _ in range(2))
        self.by_text = np.zeros(len(self.places))
        self.done = 0

    def add(self, sums: NDArray[np.float32]) -> None:
        """Some draws more: (rows, quantities of all seeds)."""
        scores = _scores(self.counts, sums)
        for model, place in enumerate(self.places):
            self._take(self.models, model, scores[:, place].mean(1))
            self._take(self.learners, model, self._drawn(scores[:, place]))
        self._spread(scores)

    def _take(self, into: Floats, model: int, values: Floats) -> None:
        into[self.done : self.done + len(values), model] = values

    def _drawn(self, of_seeds: NDArray[Any]) -> Floats:
        """The mean over the seeds that are drawn: (rows, seeds) -> (rows,)."""
        shares = self.shares[of_seeds.shape[1]][self.done : self.done + len(of_seeds)]
        found: Floats = np.einsum("ds,ds->d", of_seeds, shares)
        return found

    def _spread(self, scores: Floats) -> None:
        """Adds to `by_text`; the block is done and is not to be used further."""
        scores -= self.scores
        for model, place in enumerate(self.places):
            of_seeds, seeds = scores[:, place], place.stop - place.start
            if seeds > 1:
                sums, squares = of_seeds.sum(1), np.einsum("ds,ds->", of_seeds, of_seeds)
                self.by_text[model] += (squares - np.dot(sums, sums) / seeds) / (seeds - 1)
        self.done += len(scores)

    def all(self) -> Resampled:
        """Of all draws."""
        return Resampled(self.models, self.learners, self.by_text / self.draws.count)


class _OfShares(_Summary):
    """The same for accuracies, in numbers of right tokens: whole ones, which are summed without a division for each.

    Their sums are exact in single precision for test sets of up to 2**24 tokens by the seeds of a model.
    """

    def __init__(self, counts: Counts, draws: Draws) -> None:
        super().__init__(counts, draws)
        self.drawn = {seeds: max(1, seeds - 1) for seeds in self.shares}
        self.shares = {n: np.rint(shares * self.drawn[n]).astype(np.float32) for n, shares in self.shares.items()}
        together = [self.columns[:, place].sum(1, keepdims=True) for place in self.places]
        self.columns = np.concatenate([self.columns, *together], axis=1)

    def add(self, sums: NDArray[np.float32]) -> None:
        """Some draws more: right tokens of all seeds, their whole (one column), right tokens of all models' seeds."""
        right, whole, together = np.split(sums, [len(self.scores), len(self.scores) + 1], axis=1)
        whole = np.maximum(whole, 1).astype(np.float64)  # of no token none is right
        for model, place in enumerate(self.places):
            seeds = place.stop - place.start
            self._take(self.models, model, together[:, model] / whole[:, 0] / seeds)
            self._take(self.learners, model, self._drawn(right[:, place]) / whole[:, 0] / self.drawn[seeds])
        self._spread(np.divide(right, whole, dtype=np.float64))


def _blocks(columns: Sequence[NDArray[np.float32]], draws: Draws) -> Iterator[list[NDArray[np.float32]]]:
    """Sums of some draws after others, (draws, quantities) for each (units, quantities)."""
    if not columns:
        return
    together, ends = np.concatenate(columns, axis=1), np.cumsum([one.shape[1] for one in columns])
    rows = max(1, _NUMBERS_AT_ONCE // max(1, together.shape[1]))
    for weights in draws.weights(len(together)):
        for start in range(0, len(weights), rows):
            yield np.split(weights[start : start + rows].astype(np.float32) @ together, ends[:-1], axis=1)


def _columns(counts: Counts) -> NDArray[np.float32]:
    """All that is summed: (units, quantities of all seeds); (units, seeds + 1) where they are shares of one whole."""
    flat = np.concatenate(counts.models).transpose(1, 0, 2)  # (units, seeds, quantities)
    if counts.whole is None:
        return flat.reshape(counts.units, -1).astype(np.float32)
    return np.concatenate([flat[..., 0], counts.whole[:, None]], axis=1).astype(np.float32)


def _scores(counts: Counts, sums: NDArray[np.float32]) -> Floats:
    """(draws, columns) -> (draws, seeds of all models)."""
    if counts.whole is not None:
        sums = np.stack(np.broadcast_arrays(sums[:, :-1], sums[:, -1:]), axis=-1)
    quantities = counts.models[0].shape[-1]
    return counts.metric(sums.reshape(len(sums), -1, quantities).astype(np.float64))


def _places(counts: Counts) -> list[slice]:
    """The seeds of each model among those of all."""
    return [slice(start, stop) for start, stop in pairwise(np.cumsum([0, *map(len, counts.models)]).tolist())]


def interval(distribution: Floats, level: float = 0.95) -> tuple[float, float]:
    """The middle of a bootstrap distribution (draws,): its percentiles."""
    low, high = np.quantile(distribution, ((1 - level) / 2, (1 + level) / 2))
    return float(low), float(high)
