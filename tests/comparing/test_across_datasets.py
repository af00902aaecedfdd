"""Models over several datasets: their ranks and pairs, of those that finished everywhere."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_fields
from rankings import ranking_of
from result_rows import results_of, row_of, summary_of

from seqbench.comparing.across_datasets import ranking
from seqbench.comparing.statistics import rank_tests


def results_by_dataset(scores, **drawn):
    """Results with these scores by dataset and model; `drawn` says how a dataset was drawn from which."""
    rows = []
    for name, by_model in scores.items():
        dataset = summary_of(name, **drawn.get(name, {}))
        rows += [row_of(label, per_seed, dataset) for label, per_seed in by_model.items()]
    return results_of(*rows)


def test_models_are_ranked_by_their_mean_scores_on_every_dataset():
    scores = {
        "one": {"a": [0.5, 0.7], "b": [0.9], "c": [0.1]},
        "two": {"a": [0.8], "b": [0.6], "c": [0.2]},
        "three": {"a": [0.8], "b": [0.9], "c": [0.9]},
    }
    ranked = ranking(results_by_dataset(scores), "accuracy")
    assert (ranked.metric, ranked.datasets) == ("accuracy", ["one", "two", "three"])
    assert ranked.scores.tolist() == [[0.6, 0.9, 0.1], [0.8, 0.6, 0.2], [0.8, 0.9, 0.9]]
    assert ranked.mean_ranks == pytest.approx([(2 + 1 + 3) / 3, (1 + 2 + 1.5) / 3, (3 + 3 + 1.5) / 3])
    assert [ranked.models[model].label for model in ranked.order] == ["b", "a", "c"]


def test_a_model_that_did_not_finish_everywhere_is_left_out():
    scores = {"one": {"a": [0.5], "b": [0.6], "c": [0.7, None]}, "two": {"a": [0.5], "b": [0.6], "c": [0.7]}}
    ranked = ranking(results_by_dataset(scores), "accuracy")
    assert [model.label for model in ranked.models] == ["a", "b"]
    assert {model.label: names for model, names in ranked.left_out.items()} == {"c": ["one"]}


@pytest.mark.parametrize("scores", [{"one": {"a": [0.1], "b": [0.2]}}, {"one": {"a": [0.1]}, "two": {"a": [0.2]}}])
def test_one_dataset_or_one_model_has_no_ranking(scores):
    assert ranking(results_by_dataset(scores), "accuracy") is None


def test_of_one_dataset_in_several_training_sizes_only_the_largest_counts():
    scores = {name: {"a": [0.1 * place], "b": [0.5]} for place, name in enumerate(("d10", "d100", "dall", "e"))}
    sizes = {"d10": "10", "d100": "100"}
    drawn = {name: {"origin": "d", "drawn": {"train-size": size}} for name, size in sizes.items()}
    ranked = ranking(results_by_dataset(scores, **drawn, dall={"origin": "d"}), "accuracy")
    assert ranked.datasets == ["dall", "e"]


def test_what_the_models_say_together_is_that_of_the_tests_of_ranks():
    ranked = ranking_of([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2], [0.7, 0.6, 0.3], [0.9, 0.7, 0.1]])
    assert ranked.friedman == rank_tests.friedman(ranked.scores)
    plain = rank_tests.pairs(ranked.scores)
    assert [pair.p for pair in ranked.pairs] == [pair.p for pair in plain]
    assert [pair.p_adjusted for pair in ranked.pairs] == [
        min(1, 2 * max(pair.p_adjusted, ranked.friedman)) for pair in plain
    ]
    assert ranked.smallest_p == 2 / 2**4  # of 16 ways to sign four differences two are as far apart


def test_pairs_with_one_model_are_a_family_of_their_own():
    ranked = ranking_of([[0.9, 0.5, 0.1]] * 8)
    beside = replace(ranked, against=ranked.models[1])
    assert [{pair.first, pair.second} for pair in beside.pairs] == [{0, 1}, {1, 2}]
    assert beside.pairs[0].p_adjusted < ranked.pairs[0].p_adjusted


def test_models_are_in_one_clique_where_no_two_are_told_apart():
    assert ranking_of([[0.9, 0.8, 0.1]] * 2).cliques == [[0, 1, 2]]  # two datasets can tell no pair apart
    assert ranking_of([[0.9, 0.5, 0.1]] * 8).cliques == []


def with_perplexity(row, per_seed):
    trials = [
        with_fields(trial, timings={"perplexity": value}) for trial, value in zip(row.trials, per_seed, strict=True)
    ]
    return replace(row, trials=trials)


def test_of_perplexity_less_is_better_over_datasets():
    rows = [
        with_perplexity(row_of(label, [0.5, 0.5], summary_of(name)), values)
        for name, by_model in {
            "one": {"a": [9.0, 11.0], "b": [20.0, 22.0]},
            "two": {"a": [7.0, 7.0], "b": [8.0, 8.0]},
        }.items()
        for label, values in by_model.items()
    ]
    ranked = ranking(results_of(*rows), "perplexity")
    assert ranked.scores.tolist() == [[-10.0, -21.0], [-7.0, -8.0]]
    assert ranked.mean_ranks == [1.0, 2.0]
    assert (
        ranking(results_of(*(row_of(label, [0.5], summary_of(name)) for name in "de" for label in "ab")), "perplexity")
        is None
    )
