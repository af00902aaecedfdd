"""Rankings of models over datasets, made in memory."""

from __future__ import annotations

import numpy as np

from seqbench.comparing.across_datasets import Ranking
from seqbench.results.model_names import ModelKey

BY_LITTLE_AND_BY_MUCH = [[0.5 + n / 1e5, 0.5] if n <= 21 else [0.5, 0.55 + n / 1000] for n in range(1, 41)]
"""Scores (datasets, models): the first is better on more datasets, the second by so much more that it is ranked first
by signed ranks."""


def ranking_of(scores, models="abc"):
    """The ranking of models with these mean scores (datasets, models)."""
    keys = [ModelKey("run", label) for label in models]
    return Ranking("accuracy", [f"d{number}" for number in range(len(scores))], keys, np.array(scores, float))


def names_of(ranking):
    return {key: key.label for key in ranking.models}
