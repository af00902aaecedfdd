"""Models over several datasets in words: one plain sentence on who is best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.comparison import LEVEL, TIE
from seqbench.reporting.comparison_words import listed
from seqbench.reporting.number_format import named
from seqbench.results.model_names import ModelKey


def overall_verdict(ranking: Ranking, names: Mapping[ModelKey, str]) -> str:
    """One plain sentence on the tests of pairs over all datasets by one metric."""
    labels = [names[model] for model in ranking.models]
    parts = list(_beside_one(ranking, labels) if ranking.beside_one else _best(ranking, labels))
    head = f"all {len(ranking.datasets)} datasets, {named(ranking.metric)}"
    return f"{head}: on other datasets of such kind {'; '.join(parts)}."


def _best(ranking: Ranking, labels: Sequence[str]) -> Iterator[str]:
    """Parts of the sentence on the best mean rank, which may not be shown to be better than all others."""
    first = ranking.order[0]
    _, same, worse = _beside(ranking, first)
    if not same:
        yield f"{labels[first]} is better than all others"
        return
    tied = [model for model in same if ranking.mean_ranks[model] - ranking.mean_ranks[first] < TIE]
    with_it = f", tied with {listed([labels[model] for model in tied])}" if tied else ""
    yield f"{labels[first]} has the best mean rank{with_it}"
    yield from _part("not told apart from it", [labels[model] for model in same if model not in tied])
    yield from _part("worse", [labels[model] for model in worse])


def _beside_one(ranking: Ranking, labels: Sequence[str]) -> Iterator[str]:
    """Parts of the sentence where only pairs with one model are tested."""
    first = next(number for number, model in enumerate(ranking.models) if model == ranking.against)
    for text, models in zip(("better than", "not told apart from", "worse than"), _beside(ranking, first), strict=True):
        yield from _part(f"{text} {labels[first]}", [labels[model] for model in models])


def _part(text: str, names: Sequence[str]) -> list[str]:
    return [f"{text}: {listed(names)}"] if names else []


def _beside(ranking: Ranking, first: int) -> tuple[list[int], list[int], list[int]]:
    """Models that are better than one, not told apart from it, and worse, in order of rank."""
    apart = {pair.second if pair.first == first else pair.first: pair for pair in ranking.pairs
             if first in (pair.first, pair.second)}  # fmt: skip
    order = [model for model in ranking.order if model in apart]
    shown = [model for model in order if apart[model].p_adjusted <= LEVEL]
    better = [model for model in shown if apart[model].first == model]
    worse = [model for model in shown if apart[model].second == model]
    return better, [model for model in order if model not in shown], worse
