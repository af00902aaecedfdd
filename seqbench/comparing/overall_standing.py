"""Estimates of a ranking over several datasets, with intervals, for each model and pair on other such datasets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.comparison import LEVEL
from seqbench.comparing.practical_pairs import PracticalPair
from seqbench.comparing.ranks import Rank, best_shares, ranks_of
from seqbench.comparing.statistics import bounded_mean, interquartile_mean, rank_tests
from seqbench.comparing.statistics.effect_sizes import superiority
from seqbench.comparing.statistics.estimate import Estimate
from seqbench.results.model_names import ModelKey
from seqbench.scoring.log_loss import PERPLEXITY
from seqbench.scoring.sentence_counts import Floats

_DRAWS = 10_000


@dataclass(frozen=True, kw_only=True)
class OverallStanding:
    """A model over all datasets: its mean rank with the interval, the ranks that it can have, and how often it is best.

    `p_best` is how often it has the best mean rank on other datasets (`drawn_ranks`). `middle` is the interquartile
    mean of its scores, None where a dataset has fewer than three seeds.
    """

    model: ModelKey
    mean_rank: float
    interval: tuple[float, float]
    rank: Rank
    p_best: float
    middle: Estimate | None


def standings(ranking: Ranking) -> list[OverallStanding]:
    """The models, the best mean rank first."""
    placed, models = rank_tests.ranks(ranking.scores), ranking.models
    shares = best_shares(-drawn_ranks(placed))
    apart = [(models[p.first], models[p.second]) for p in ranking.pairs if p.p_adjusted <= LEVEL]
    intervals = ranks_of(models, apart)
    return [
        OverallStanding(
            model=models[number],
            mean_rank=ranking.mean_ranks[number],
            interval=bounded_mean.interval(placed[:, number], 1, len(models)),
            rank=intervals[models[number]],
            p_best=shares[number],
            middle=_middle(ranking, number),
        )
        for number in ranking.order
    ]


def drawn_ranks(placed: Floats) -> Floats:
    """Mean ranks that the models might have on other datasets: (draws, models), from ranks (datasets, models).

    Student's t about the mean, after the order of the mean ranks and its reverse were added as two more datasets, as
    `bounded_mean` does: a few datasets that all agree would else seem sure, and those drawn again and again never show
    how far others would lie from them.
    """
    order = rank_tests.ranks(-placed.mean(0, keepdims=True))
    wider = np.concatenate([placed, order, placed.shape[1] + 1 - order])
    apart = (wider - wider.mean(0)) / np.sqrt((len(wider) - 1) * len(placed))
    _, sizes, directions = np.linalg.svd(apart, full_matrices=False)
    random, freedom = np.random.default_rng(0), len(placed) - 1
    stretched = np.sqrt(freedom / random.chisquare(freedom, (_DRAWS, 1)))
    errors = stretched * random.standard_normal((_DRAWS, len(sizes))) @ (sizes[:, None] * directions)
    drawn: Floats = np.round(wider.mean(0) + errors, 9)
    return drawn


def _middle(ranking: Ranking, model: int) -> Estimate | None:
    return interquartile_mean.estimate([scores[model] for scores in ranking.of_seeds]) if ranking.of_seeds else None


def improvement(ranking: Ranking, first: int, second: int) -> tuple[float, tuple[float, float]] | None:
    """How probably a seed of the first model beats one of the second on a dataset, and the interval over datasets.

    The probability of improvement of Agarwal et al. (2021), ties counting half; None without the scores of seeds.
    """
    if not ranking.of_seeds:
        return None
    shares = np.array([superiority(of[first], of[second]) for of in ranking.of_seeds])
    return float(shares.mean()), bounded_mean.interval(shares, 0, 1)


def as_json(ranking: Ranking, names: Mapping[ModelKey, str]) -> dict[str, object]:
    """Part of the JSON contract about all datasets together."""
    ordered = {names[standing.model]: standing for standing in standings(ranking)}
    labels = [names[model] for model in ranking.models]
    return {
        "metric": ranking.metric,
        "datasets": ranking.datasets,
        "mean_ranks": {label: standing.mean_rank for label, standing in ordered.items()},
        "mean_rank_ci95": {label: list(standing.interval) for label, standing in ordered.items()},
        "rank": {label: [standing.rank.first, standing.rank.last] for label, standing in ordered.items()},
        "tier": {label: standing.rank.tier for label, standing in ordered.items()},
        "p_best": {label: standing.p_best for label, standing in ordered.items()},
        "interquartile_mean": {
            label: _estimate(ranking.metric, standing.middle) for label, standing in ordered.items()
        },
        "friedman_p": ranking.friedman,
        "pairs": [_pair(ranking, pair, labels) for pair in ranking.pairs],
        "practical_pairs": [_practical(pair, labels) for pair in ranking.practical],
        "procedure": ranking.procedure,
        "left_out": {names[model]: list(datasets) for model, datasets in ranking.left_out.items()},
        "not_told_apart": [[labels[model] for model in clique] for clique in ranking.cliques],
    }


def _estimate(metric: str, estimate: Estimate | None) -> dict[str, object] | None:
    """A mean with its interval as numbers of the metric: those of perplexity are above zero again."""
    if estimate is None:
        return None
    sign = -1 if metric == PERPLEXITY else 1
    return {"mean": sign * estimate.value, "ci95": sorted(sign * end for end in estimate.interval())}


def _practical(pair: PracticalPair, labels: list[str]) -> dict[str, object]:
    return {**asdict(pair), "first": labels[pair.first], "second": labels[pair.second]}


def _pair(ranking: Ranking, pair: rank_tests.Pair, labels: list[str]) -> dict[str, object]:
    share, limits = improvement(ranking, pair.first, pair.second) or (None, None)
    return {
        "a": labels[pair.first],
        "b": labels[pair.second],
        "wins": pair.wins,
        "ties": pair.ties,
        "losses": pair.losses,
        "p": None if pair.turned else pair.p,
        "p_adjusted": pair.p_adjusted,
        "turned": pair.turned,
        "probability_of_improvement": share,
        "improvement_ci95": limits and list(limits),
    }
