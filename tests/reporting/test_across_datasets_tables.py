"""Training sizes and datasets as tables and in words."""

from dataclasses import replace

import numpy as np
import pytest
from rankings import names_of, ranking_of
from result_rows import results_of, row_of, summary_of

from seqbench.comparing.statistics.rank_tests import NEMENYI, SHAFFER
from seqbench.reporting.across_datasets_tables import learning_curves, ranks
from seqbench.results.records import SplitSizes


def sized(size, sentences):
    drawn = {"train-size": str(size)} if size else {}
    sizes = SplitSizes(train=sentences, test=20)
    return summary_of(f"d {size}", origin="d", drawn=drawn, sentences=sizes)


def test_a_dataset_in_several_training_sizes_is_a_curve_with_models_in_rows():
    small, whole = sized(1000, 1000), sized(None, 12_000)
    rows = [row_of("a", [0.5, 0.7], small), row_of("b", [0.4], small), row_of("a", [0.9], whole)]
    (table,) = learning_curves(results_of(*rows), "macro_f1")
    assert table.title == "d: test macro F1 in % by sentences of train"
    assert table.columns == ["model", "1,000", "all (12,000)"]
    assert table.rows == [["a", "60.00 ± 14.14", "90.00"], ["b", "40.00", "-"]]


def test_one_size_is_no_curve_and_a_model_without_a_score_is_in_none():
    assert list(learning_curves(results_of(row_of("a", [0.5], sized(10, 10))), "accuracy")) == []
    rows = [row_of(label, scores, sized(size, size)) for size in (10, 20) for label, scores in
            (("a", [0.5]), ("failed", [None]))]  # fmt: skip
    (table,) = learning_curves(results_of(*rows), "accuracy")
    assert [row[0] for row in table.rows] == ["a"]


@pytest.fixture(scope="module")
def tables():
    ranking = ranking_of([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2], [0.7, 0.6, 0.3], [0.9, 0.7, 0.1]])
    return list(ranks(ranking, names_of(ranking)))


def test_models_stand_by_mean_rank_with_their_scores_on_each_dataset(tables):
    leading, _ = tables
    assert leading.title == "all 4 datasets: mean ranks by accuracy in %"
    assert leading.columns == ["model", "mean rank", "95 % interval", "rank", "P(best)", "d0", "d1", "d2", "d3"]
    assert leading.rows[0][:4] == ["a", "1.25", "1.00 to 2.83", "1-3"]
    assert leading.rows[0][5:] == ["90.00", "80.00", "70.00", "90.00"]
    assert [row[:2] for row in leading.rows] == [["a", "1.25"], ["b", "1.75"], ["c", "3.00"]]
    assert leading.footnotes[0].startswith(
        "Friedman's test (F form of Iman and Davenport, corrected for ties, as these papers do not; 4 datasets, level"
    )


def test_pairs_tell_wins_ties_and_losses_and_what_so_few_datasets_cannot_show(tables):
    _, pairs = tables
    assert [row[:3] for row in pairs.rows] == [["a", "b", "3/0/1"], ["a", "c", "4/0/0"], ["b", "c", "4/0/0"]]
    nothing = "With 4 datasets p (adj.) is 0.75 at best: no pair can be told apart."
    assert f"{nothing} --ranking nemenyi (of the mean ranks) could." in pairs.footnotes
    short = ranking_of([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2]])
    assert list(ranks(short, names_of(short)))[1].footnotes[1].endswith("no pair can be told apart.")


def test_what_no_signed_ranks_can_show_mean_ranks_can_where_that_is_so():
    scores = [list(np.linspace(0.9, 0.1, 10))] * 10
    _, pairs = ranks(ranking_of(scores, "abcdefghij"), names_of(ranking_of(scores, "abcdefghij")))
    note = (
        "With 10 datasets p (adj.) is 0.1758 at best: no pair can be told apart. --ranking nemenyi (of the mean ranks)"
    )
    assert f"{note} could." in pairs.footnotes


@pytest.mark.parametrize(
    ("procedure", "test"),
    [
        (SHAFFER, "Wilcoxon signed-rank test (exact) with Holm's correction (Demsar 2006), since Shaffer's is for all"),
        (NEMENYI, "z test of the mean ranks beside one model, with Holm's correction (Demsar 2006) over 4 datasets"),
    ],
)
def test_beside_one_model_the_test_that_is_made_is_the_one_that_is_named(procedure, test):
    plain = ranking_of([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2], [0.7, 0.6, 0.3], [0.9, 0.7, 0.1]])
    beside = replace(plain, procedure=procedure, against=plain.models[0])
    _, pairs = ranks(beside, names_of(plain))
    assert pairs.footnotes[0].startswith(test)
    _, pairs = ranks(replace(beside, against=None), names_of(plain))
    assert pairs.footnotes[0].startswith(
        {SHAFFER: "Wilcoxon signed-rank test (exact) with Shaf", NEMENYI: "Nemenyi"}[procedure]
    )


def test_two_models_have_no_friedman_test_and_many_datasets_can_tell_a_pair_apart():
    ranking = ranking_of([[0.9, 0.1]] * 8, "ab")
    leading, pairs = ranks(ranking, names_of(ranking))
    assert leading.footnotes[0] == "Friedman's test takes three or more models."
    assert not any("no pair can be told apart" in note for note in pairs.footnotes)


def test_perplexities_stand_as_they_are_and_less_is_better():
    plain = ranking_of([[-40.5, -1234.0, -50.0]] * 4)
    seeds = [[np.array([score] * 3) for score in scores] for scores in plain.scores]
    leading, _ = ranks(replace(plain, metric="perplexity", of_seeds=seeds), names_of(plain))
    assert leading.title == "all 4 datasets: mean ranks by perplexity (less is better)"
    assert [row[0] for row in leading.rows] == ["a", "c", "b"]
    assert leading.rows[2][5:7] == ["1,234.00 (1,234.00 to 1,234.00)", "1,234.00"]


def test_pairs_with_the_best_mean_rank_can_stand_alone_and_the_others_are_counted():
    ranking = ranking_of([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2], [0.7, 0.6, 0.3], [0.9, 0.7, 0.1]])
    _, pairs = ranks(ranking, names_of(ranking), every=False)
    assert [row[:2] for row in pairs.rows] == [["a", "b"], ["a", "c"]]
    assert pairs.footnotes[-1] == "Pairs with the best mean rank alone; --pairs prints all 3."
    assert "4 datasets, 3 pairs" in pairs.footnotes[0]
