"""What a ranking says of models and pairs over other datasets: intervals of mean ranks, P(best), improvement."""

from dataclasses import replace

import numpy as np
import pytest
from rankings import BY_LITTLE_AND_BY_MUCH, names_of, ranking_of
from scipy import stats

from seqbench.comparing.overall_standing import as_json, drawn_ranks, improvement, standings
from seqbench.comparing.ranks import best_shares
from seqbench.comparing.statistics import bounded_mean, rank_tests


def test_json_has_display_names_and_the_best_rank_first():
    ranked = ranking_of(np.array([[0.1, 0.9], [0.2, 0.8], [0.3, 0.3]]), "ab")
    content = as_json(ranked, names_of(ranked))
    assert list(content["mean_ranks"].items()) == [("b", pytest.approx(7 / 6)), ("a", pytest.approx(11 / 6))]
    (pair,) = content["pairs"]
    assert (pair["a"], pair["b"], pair["wins"], pair["ties"], pair["losses"]) == ("b", "a", 2, 1, 0)
    assert content["friedman_p"] is None  # two models are a pair
    assert content["not_told_apart"] == [["b", "a"]]


CLEAR = [[0.9, 0.5, 0.1 + n / 100] for n in range(12)]


def with_seeds(ranking, seeds):
    """The ranking with so many seeds of each score, which differ by a hundredth."""
    moved = np.arange(seeds) / 100
    return replace(ranking, of_seeds=[[score + moved for score in row] for row in ranking.scores])


def test_models_that_are_told_apart_have_a_rank_each_and_the_first_is_best():
    stood = standings(ranking_of(CLEAR))
    assert [str(standing.rank) for standing in stood] == ["1", "2", "3"]
    assert [standing.p_best for standing in stood] == pytest.approx([1, 0, 0], abs=0.001)
    assert [standing.rank.tier for standing in stood] == [1, 2, 3]


def test_models_that_nothing_tells_apart_share_all_ranks_and_mean_ranks_have_the_interval_of_bounded_values():
    ranking = ranking_of([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2], [0.7, 0.6, 0.3], [0.9, 0.7, 0.1]])
    first = standings(ranking)[0]
    assert {str(standing.rank) for standing in standings(ranking)} == {"1-3"}
    assert first.interval == bounded_mean.interval(np.array([1.0, 2, 1, 1]), 1, 3)
    assert 0.5 < first.p_best < 1


@pytest.mark.parametrize("datasets", [2, 3, 5, 8, 12])
def test_of_two_equal_models_one_is_surely_the_best_in_at_most_10_percent_of_cases(datasets):
    """Counted over all numbers of wins: a fair coin for each dataset."""
    sure = 0.0
    for wins in range(datasets + 1):
        scores = [[0.9, 0.8] if number < wins else [0.8, 0.9] for number in range(datasets)]
        shares = [standing.p_best for standing in standings(ranking_of(scores, "ab"))]
        assert sum(shares) == pytest.approx(1)
        sure += stats.binom.pmf(wins, datasets, 0.5) * (max(shares) >= 0.95)
    assert sure <= 0.1


def test_of_five_equal_models_one_is_surely_the_best_in_at_most_10_percent_of_cases():
    random = np.random.default_rng(1)
    for datasets in (2, 3, 12):
        placed = [rank_tests.ranks(random.normal(size=(datasets, 5))) for _ in range(100)]
        assert np.mean([max(best_shares(-drawn_ranks(ranks))) >= 0.95 for ranks in placed]) <= 0.1


def test_models_that_tie_everywhere_are_the_best_alike_and_many_datasets_take_little_memory():
    assert [standing.p_best for standing in standings(ranking_of([[0.5, 0.5]] * 2_000, "ab"))] == [0.5, 0.5]


@pytest.mark.parametrize("rope", [None, 0.01])
def test_no_part_says_the_contrary_of_another_where_signed_ranks_and_mean_ranks_differ(rope):
    """The first wins on 21 datasets by little, the second on 19 by much: no one is said to be better."""
    ranking = replace(ranking_of(BY_LITTLE_AND_BY_MUCH, "ab"), rope=rope)
    content = as_json(ranking, names_of(ranking))
    (pair,) = content["pairs"]
    assert (pair["a"], pair["p"], pair["p_adjusted"], pair["turned"]) == ("a", None, 1, True)
    assert content["rank"] == {"a": [1, 2], "b": [1, 2]}
    assert content["tier"] == {"a": 1, "b": 1}
    assert content["not_told_apart"] == [["a", "b"]]
    assert [practical["relation"] for practical in content["practical_pairs"]] == ["undecided"] * (rope is not None)


def test_the_probability_of_improvement_is_the_mean_share_of_pairs_of_seeds():
    ranking = with_seeds(ranking_of([[0.5, 0.49], [0.5, 0.7]], "ab"), 2)
    share, limits = improvement(ranking, 0, 1)
    assert share == pytest.approx((3.5 / 4 + 0) / 2)  # 0.50, 0.51 against 0.49, 0.50: three won, one tied
    assert limits == bounded_mean.interval(np.array([3.5 / 4, 0]), 0, 1)
    assert improvement(ranking_of([[0.5, 0.49], [0.5, 0.7]], "ab"), 0, 1) is None


def test_the_interquartile_mean_takes_three_seeds():
    assert standings(with_seeds(ranking_of(CLEAR), 2))[0].middle is None
    first = standings(with_seeds(ranking_of(CLEAR), 3))[0].middle
    assert first.value == pytest.approx(0.91)
    low, high = first.interval()
    assert low < 0.91 < high


def test_the_interquartile_mean_of_perplexities_is_above_zero_in_json():
    plain = ranking_of([[-8.0, -9.0]] * 2, "ab")
    seeds = [[score + np.array([-0.5, 0.0, 0.5]) for score in row] for row in plain.scores]
    content = as_json(replace(plain, metric="perplexity", of_seeds=seeds), names_of(plain))
    low, high = content["interquartile_mean"]["a"]["ci95"]
    assert low < content["interquartile_mean"]["a"]["mean"] < high
    assert content["interquartile_mean"]["a"]["mean"] == pytest.approx(8.0)
