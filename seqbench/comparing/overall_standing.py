"""What a ranking over several datasets says of each model and pair, with intervals, for other datasets of such kind."""

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

_DRAWS = 10_000


@dataclass(frozen=True, kw_only=True)
class OverallStanding:
    """A model over all datasets: its mean rank with the interval, the ranks that it can have, and how often it is best.

    `p_best` is how often it has the best mean rank when datasets are drawn with replacement. `middle` is the
    interquartile mean of its scores, None where a dataset has fewer than three seeds.
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
    drawn = np.random.default_rng(0).multinomial(len(placed), np.full(len(placed), 1 / len(placed)), _DRAWS)
    shares = best_shares(-np.round(drawn @ placed / len(placed), 12))
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


def _middle(ranking: Ranking, model: int) -> Estimate | None:
    return interquartile_mean.estimate([scores[model] for scores in ranking.of_seeds]) if ranking.of_seeds else None


def improvement(ranking: Ranking, first: int, second: int) -> tuple[float, tuple[float, float]] | None:
    """How probably a seed of the first model beats one of the second on a dataset, and the interval over datasets.

    The probability of improvement of Agarwal et al. (2021), ties counting half; None without the scores of seeds.
    """
    if not ranking.of_seeds:
        return None
    shares = np.array([superiority(of[first].tolist(), of[second].tolist()) for of in ranking.of_seeds])
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
        "interquartile_mean": {label: _estimate(standing.middle) for label, standing in ordered.items()},
        "friedman_p": ranking.friedman,
        "pairs": [_pair(ranking, pair, labels) for pair in ranking.pairs],
        "practical_pairs": [_practical(pair, labels) for pair in ranking.practical],
        "procedure": ranking.procedure,
        "left_out": {names[model]: list(datasets) for model, datasets in ranking.left_out.items()},
        "not_told_apart": [[labels[model] for model in clique] for clique in ranking.cliques],
    }


def _estimate(estimate: Estimate | None) -> dict[str, object] | None:
    return {"mean": estimate.value, "ci95": list(estimate.interval())} if estimate else None


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
        "p": pair.p,
        "p_adjusted": pair.p_adjusted,
        "probability_of_improvement": share,
        "improvement_ci95": limits and list(limits),
    }
