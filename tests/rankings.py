"""Rankings of models over datasets, made in memory."""

from __future__ import annotations

import numpy as np

from seqbench.comparing.across_datasets import Ranking
from seqbench.results.model_names import ModelKey


def ranking_of(scores, models="abc"):
    """The ranking of models with these mean scores (datasets, models)."""
    keys = [ModelKey("run", label) for label in models]
    return Ranking("accuracy", [f"d{number}" for number in range(len(scores))], keys, np.array(scores, float))


def names_of(ranking):
    return {key: key.label for key in ranking.models}
