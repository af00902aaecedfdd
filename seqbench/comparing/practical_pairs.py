"""Pairs of models over several datasets: better, worse, equal for all practical purposes, or undecided."""

from __future__ import annotations

from dataclasses import dataclass

from seqbench.comparing.comparison import LEVEL
from seqbench.comparing.statistics.practical_equality import WORSE, Posterior, border_ranks, signed_rank
from seqbench.comparing.statistics.rank_tests import Pair
from seqbench.scoring.sentence_counts import Floats

UNDECIDED = "undecided"


@dataclass(frozen=True)
class PracticalPair:
    """Two models by number, p of the nearest borders of the rope, what is said of the first, and the posterior."""

    first: int
    second: int
    p: float
    p_adjusted: float
    relation: str
    posterior: Posterior


def practical_pair(scores: Floats, pair: Pair, rope: float, times: int) -> PracticalPair:
    """A pair from scores (datasets, models); p is multiplied by the number of tests that share the level.

    A first model, which has the better mean rank, is never said to be worse: signed ranks and mean ranks then point
    to different models, and p corrected is 1.
    """
    differences = scores[:, pair.first] - scores[:, pair.second]
    p, relation = border_ranks(differences, rope)
    adjusted = 1.0 if relation == WORSE else min(1.0, times * p)
    said = relation if adjusted <= LEVEL else UNDECIDED
    return PracticalPair(pair.first, pair.second, p, adjusted, said, signed_rank(differences, rope))
