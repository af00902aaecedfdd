"""Agreement of models: how often two give the same tag, beyond chance, and whether their mistakes are the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from statistics import fmean

import numpy as np

from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import ModelPredictions, Predictions
from seqbench.scoring.reference import AnyIds
from seqbench.scoring.sentence_counts import Floats


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Agreement of two models, means over all pairs of seeds; shares of all tokens are fractions of 1.

    `kappa` is Cohen's, None where both give one tag alone; `alike` the share of the tokens that both have wrong on
    which they give the same wrong tag, None where there is no such token.
    """

    a: ModelKey
    b: ModelKey
    same: float
    kappa: float | None
    both_wrong: float
    alike: float | None


@dataclass(frozen=True)
class AllWrong:
    """Number of tokens that all trials of all models have wrong, and on how many of them all give the same tag."""

    tokens: int
    alike: int


def agreements(predictions: Predictions) -> list[Agreement]:
    """The agreement of all pairs of models, the most alike first."""
    pairs = [_agreement(predictions, a, b) for a, b in combinations(predictions.models, 2)]
    return sorted(pairs, key=lambda pair: -pair.same)


def all_wrong(predictions: Predictions) -> AllWrong:
    """The tokens that nobody has right."""
    gold, every = predictions.reference.gold, np.concatenate([model.ids for model in predictions.models])
    wrong = (every != gold).all(0)
    return AllWrong(int(wrong.sum()), int((wrong & (every == every[0]).all(0)).sum()))


def _agreement(predictions: Predictions, a: ModelPredictions, b: ModelPredictions) -> Agreement:
    tags, gold = len(predictions.tags), predictions.reference.gold
    shares = [[_shares(ids, tags) for ids in model.ids] for model in (a, b)]
    wrong = [[ids != gold for ids in model.ids] for model in (a, b)]
    same = [x == y for x, y in product(a.ids, b.ids)]
    both = [x & y for x, y in product(*wrong)]
    alike = [(s & w).sum() / w.sum() for s, w in zip(same, both, strict=True) if w.any()]
    shared = [float(s.mean()) for s in same]
    kappas = [_kappa(s, float(x @ y)) for s, (x, y) in zip(shared, product(*shares), strict=True)]
    known = [kappa for kappa in kappas if kappa is not None]
    return Agreement(
        a=a.key,
        b=b.key,
        same=fmean(shared),
        kappa=fmean(known) if known else None,
        both_wrong=fmean(float(w.mean()) for w in both),
        alike=float(np.mean(alike)) if alike else None,
    )


def _shares(ids: AnyIds, tags: int) -> Floats:
    """The share of tokens that get each tag: (tags,)."""
    return np.asarray(np.bincount(ids, minlength=tags) / max(1, len(ids)))


def _kappa(same: float, chance: float) -> float | None:
    """Cohen's kappa: how far two agree beyond the agreement that their shares of tags bring by chance."""
    return None if chance >= 1 else (same - chance) / (1 - chance)
