"""Bootstrap distributions of scores: over the units of the test set, and over seeds and units (Efron 1979)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.resampling import Draws
from seqbench.scoring.sentence_counts import Counts, Floats

_NUMBERS_AT_ONCE = 1 << 20  # sums of one block of draws: few enough to stay near the processor


Block: TypeAlias = NDArray[np.float32] | Floats
"""Sums or scores of some draws: (rows, seeds of all models)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Resampled:
    """Scores of one metric on resampled test sets.

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
        """Scores on `draws.count` test sets of units drawn with replacement."""
        return summaries([counts], draws)[0]


def summaries(measured: Sequence[Counts], draws: Draws) -> list[Resampled]:
    """Scores on resampled test sets for each of several metrics that are counted in the same units.

    A draw is the same test set for all seeds of all models and all metrics.
    """
    summed = [_OfShares(counts, draws) if counts.whole is not None else _Summary(counts, draws) for counts in measured]
    for block in _blocks([summary.columns for summary in summed], draws):
        for summary, sums in zip(summed, block, strict=True):
            summary.add(sums)
    return [summary.resampled() for summary in summed]


def resampled(measured: Sequence[Counts], draws: Draws) -> list[list[Floats]]:
    """Score of every seed of every model on every resampled test set, (draws, seeds) a model; takes much memory."""
    blocks = list(zip(*_blocks([_columns(counts) for counts in measured], draws), strict=True))
    whole = [_scores(counts, np.concatenate(sums)) for counts, sums in zip(measured, blocks, strict=True)]
    ends = [np.cumsum([len(model) for model in counts.models])[:-1] for counts in measured]
    return [np.split(scores, places, axis=1) for scores, places in zip(whole, ends, strict=True)]


class _Summary:
    """Adds up a `Resampled`, block by block, from the sums of `columns` (units, quantities of all seeds)."""

    def __init__(self, counts: Counts, draws: Draws) -> None:
        self.counts, self.draws = counts, draws
        self.columns, self.groups = _columns(counts), _groups(counts)
        self.scores = np.concatenate(counts.scores)
        self.shares = {group.seeds: draws.shares(group.seeds) for group in self.groups}
        self.models, self.learners = (np.empty((draws.count, len(counts.models))) for _ in range(2))
        self.by_text = np.zeros(len(counts.models))
        self.done = 0

    def add(self, sums: NDArray[np.float32]) -> None:
        """Add some draws: (rows, quantities of all seeds)."""
        scores, rows = _scores(self.counts, sums), self._rows(sums)
        for group in self.groups:
            self.models[rows, group.models] = group.of(scores).mean(2)
            self.learners[rows, group.models] = self._drawn(group, scores)
        self._spread(scores - self.scores)
        self.done = rows.stop

    def _rows(self, block: Block) -> slice:
        return slice(self.done, self.done + len(block))

    def _drawn(self, group: _Group, of_seeds: Block) -> Block:
        """The sums over the seeds that are drawn: (rows, seeds of all models) -> (rows, models of the group)."""
        shares = self.shares[group.seeds][self._rows(of_seeds)]
        drawn: Block = np.einsum("dms,ds->dm", group.of(of_seeds), shares)
        return drawn

    def _spread(self, moved: Block, unit: Floats | float = 1.0) -> None:
        """Add to `by_text` how far the scores of a block have moved, multiplied by `unit` (rows, 1)."""
        for group in self.groups:
            if group.seeds > 1:
                of_seeds = group.of(moved)
                squares, sums = np.einsum("dms,dms->dm", of_seeds, of_seeds), np.einsum("dms->dm", of_seeds)
                within = (squares - sums * sums / group.seeds) * np.square(unit)
                self.by_text[group.models] += within.sum(0) / (group.seeds - 1)

    def resampled(self) -> Resampled:
        """Scores of all draws."""
        return Resampled(models=self.models, learners=self.learners, by_text=self.by_text / self.draws.count)


class _OfShares(_Summary):
    """Adds up accuracies as numbers of right tokens: whole numbers, which are summed without a division for each.

    Sums of them are exact in single precision for test sets of up to 2**24 tokens by the seeds of a model.
    """

    def __init__(self, counts: Counts, draws: Draws) -> None:
        super().__init__(counts, draws)
        drawn = {seeds: max(1, seeds - 1) for seeds in self.shares}
        self.shares = {n: np.rint(shares * drawn[n]).astype(np.float32) for n, shares in self.shares.items()}
        self.drawn = drawn
        right = self.columns[:, : len(self.scores)]
        together = [np.einsum("ums->um", group.of(right)) for group in self.groups]
        self.columns = np.concatenate([self.columns, *together], axis=1)

    def add(self, sums: NDArray[np.float32]) -> None:
        """Add some draws: right tokens of all seeds, their whole (one column), right tokens of all models' seeds."""
        right, whole, together = np.split(sums, [len(self.scores), len(self.scores) + 1], axis=1)
        tokens, rows = np.maximum(whole, 1).astype(np.float64), self._rows(sums)  # of no token none is right
        for group in self.groups:
            self.models[rows, group.models] = together[:, group.models] / tokens / group.seeds
            self.learners[rows, group.models] = self._drawn(group, right) / tokens / self.drawn[group.seeds]
        self._spread(right - whole * self.scores.astype(np.float32), 1 / tokens)
        self.done = rows.stop


def _blocks(columns: Sequence[NDArray[np.float32]], draws: Draws) -> Iterator[list[NDArray[np.float32]]]:
    """Sums of some draws after others, (draws, quantities) for each (units, quantities)."""
    if not columns:
        return
    together, ends = np.concatenate(columns, axis=1), np.cumsum([part.shape[1] for part in columns])
    rows = max(1, _NUMBERS_AT_ONCE // max(1, together.shape[1]))
    for weights in draws.weights(len(together)):
        for start in range(0, len(weights), rows):
            yield np.split(weights[start : start + rows] @ together, ends[:-1], axis=1)


def _columns(counts: Counts) -> NDArray[np.float32]:
    """Columns that are summed: (units, quantities of all seeds), or (units, seeds + 1) for shares of one whole."""
    if counts.whole is None:
        flat = np.concatenate(counts.models).transpose(1, 0, 2)  # (units, seeds, quantities)
        return flat.reshape(counts.units, -1).astype(np.float32)
    right = [model[..., 0] for model in counts.models]
    return np.concatenate([*right, counts.whole[None]]).T.astype(np.float32, order="C")


def _scores(counts: Counts, sums: NDArray[np.float32]) -> Floats:
    """(draws, columns) -> (draws, seeds of all models)."""
    if counts.whole is not None:
        sums = np.stack(np.broadcast_arrays(sums[:, :-1], sums[:, -1:]), axis=-1)
    quantities = counts.models[0].shape[-1]
    return counts.metric(sums.reshape(len(sums), -1, quantities).astype(np.float64))


@dataclass(frozen=True, kw_only=True)
class _Group:
    """Models beside each other with as many seeds: their numbers, and the places of their seeds among all."""

    models: slice
    places: slice
    seeds: int

    def of(self, columns: Block) -> Block:
        """(rows, seeds of all models) -> (rows, models of the group, seeds)."""
        return columns[:, self.places].reshape(len(columns), -1, self.seeds)


def _groups(counts: Counts) -> list[_Group]:
    groups, model, seed = [], 0, 0
    for seeds, same in groupby(map(len, counts.models)):
        size = len(list(same))
        groups.append(_Group(models=slice(model, model + size), places=slice(seed, seed + size * seeds), seeds=seeds))
        model, seed = model + size, seed + size * seeds
    return groups


def interval(distribution: Floats, level: float = 0.95) -> tuple[float, float]:
    """The middle of a bootstrap distribution (draws,): its percentiles, between two draws in proportion.

    Equals `numpy.quantile`, in less time: each pair of models has two such intervals.
    """
    last = len(distribution) - 1
    positions = [last * (1 - level) / 2, last * (1 + level) / 2]
    around = [(int(position), min(int(position) + 1, last)) for position in positions]
    ordered = np.partition(distribution, sorted({index for both in around for index in both}))
    low, high = (
        float(ordered[a] + (ordered[b] - ordered[a]) * (position - a))
        for position, (a, b) in zip(positions, around, strict=True)
    )
    return low, high
