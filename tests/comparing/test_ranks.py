"""Ranks with intervals, tiers and the chance to be best."""

import numpy as np
import pytest

from seqbench.comparing.comparison import BETTER, SAME, Comparison
from seqbench.comparing.ranks import best_shares, ranks
from seqbench.results.model_names import ModelKey

A, B, C, D = (ModelKey("run", label) for label in "abcd")


def pair(a, b, relation):
    return Comparison(a=a, b=b, dataset="d", question="model", test="t", difference=0.1, relation=relation)


def test_a_rank_is_between_the_models_that_are_better_and_those_that_are_worse():
    relations = [pair(A, B, SAME), pair(A, C, BETTER), pair(B, C, SAME), *(pair(m, D, BETTER) for m in (A, B, C))]
    placed = ranks([A, B, C, D], relations)
    assert {model.label: str(rank) for model, rank in placed.items()} == {"a": "1-2", "b": "1-3", "c": "2-3", "d": "4"}
    assert [placed[model].tier for model in (A, B, C, D)] == [1, 1, 2, 3]


def test_models_that_nothing_tells_apart_share_all_ranks():
    assert {str(rank) for rank in ranks([A, B, C], [pair(A, B, SAME)]).values()} == {"1-3"}


def test_relations_in_a_circle_end_in_one_tier():
    placed = ranks([A, B, C], [pair(A, B, BETTER), pair(B, C, BETTER), pair(C, A, BETTER)])
    assert len(placed) == 3


def test_the_chance_to_be_best_is_the_share_of_draws_and_ties_share_a_draw():
    scores = np.array([[0.9, 0.8], [0.7, 0.8], [0.5, 0.5], [0.9, 0.1]])
    assert best_shares(scores) == [pytest.approx(2.5 / 4), pytest.approx(1.5 / 4)]
