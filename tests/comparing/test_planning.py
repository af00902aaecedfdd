"""What pairs of a finished run take."""

import numpy as np
import pytest
from compared_runs import examined, store_of

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.planning import datasets_needed, needs
from seqbench.comparing.statistics.rank_tests import wilcoxon
from seqbench.results.model_names import ModelKey


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    store = store_of(
        tmp_path_factory.mktemp("run"), "a=wrong(share=0.1)", "b=wrong(share=0.2)", "constant(tag='A')", seeds=3
    )
    return examined([store])[1][0]


def test_more_tests_and_smaller_differences_take_more_of_everything(measured):
    few, many, small = (list(needs(measured, *asked)) for asked in ((0.04, 1), (0.04, 100), (0.03, 1)))
    assert len(few) == 3
    assert all(first.units < second.units for first, second in zip(few, many, strict=True))
    assert all(first.units < second.units for first, second in zip(few, small, strict=True))


def test_the_pairs_with_one_model_alone_are_asked_for(measured):
    against = measured.predictions.keys[0]
    assert all(against in (need.a, need.b) for need in needs(measured, 0.05, 1, against))


def test_so_many_datasets_find_the_difference_in_about_four_of_five_cases():
    random, pair = np.random.default_rng(1), [ModelKey("r", "a"), ModelKey("r", "b")]
    few = np.stack([0.9 + 0.02 * random.standard_normal(12), np.full(12, 0.9)], axis=1)
    ranking = Ranking("accuracy", [f"d{n}" for n in range(12)], pair, few)
    (need,) = datasets_needed(ranking, 0.015)
    assert need.spread == pytest.approx((few[:, 0] - few[:, 1]).std(ddof=1))
    drawn = 0.015 + need.spread * random.standard_normal((200, need.datasets))
    found = np.mean([wilcoxon(differences) <= 0.05 / ranking.shares for differences in drawn])
    assert 0.7 < found < 0.95
    (harder,) = datasets_needed(ranking, 0.005)
    assert harder.datasets > 5 * need.datasets
    (easy,) = datasets_needed(ranking, 0.5)
    assert 2.0 ** (1 - easy.datasets) <= 0.05 / ranking.shares < 2.0 ** (2 - easy.datasets)
