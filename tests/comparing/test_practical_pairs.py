"""Pairs over several datasets beside a rope."""

from dataclasses import replace

import numpy as np
import pytest
from rankings import names_of, ranking_of

from seqbench.comparing.overall_standing import as_json


def test_many_datasets_tell_that_models_are_equal_or_better_and_the_level_is_shared():
    random = np.random.default_rng(0)
    first = random.normal(0.9, 0.01, 12)
    scores = np.stack([first, first + random.normal(0, 0.0004, 12), first - 0.02], axis=1)
    ranking = replace(ranking_of(scores), rope=0.002)
    said = {frozenset((pair.first, pair.second)): pair for pair in ranking.practical}
    assert said[frozenset((0, 1))].relation == "equal"
    assert said[frozenset((0, 1))].p == pytest.approx(2 / 2**12)
    assert said[frozenset((0, 1))].p_adjusted == pytest.approx(4 * 3 * 2 / 2**12)
    assert said[frozenset((0, 2))].relation == "better"
    assert said[frozenset((0, 2))].posterior.better > 0.99
    (pair, *_) = as_json(ranking, names_of(ranking))["practical_pairs"]
    assert {"first", "second", "p", "p_adjusted", "relation", "posterior"} == set(pair)


def test_few_datasets_leave_it_undecided_and_without_a_rope_nothing_is_said():
    ranking = ranking_of([[0.9, 0.9]] * 5, "ab")
    assert ranking.practical == []
    (pair,) = replace(ranking, rope=0.01).practical
    assert pair.relation == "undecided"
