"""Results over folds and random splits: one row for all of them, and tests that allow for common training sentences."""

from dataclasses import replace

import numpy as np
import pytest
from result_rows import results_of, row_of, summary_of

from seqbench.comparing.across_splits import SPLITS, compare, groups, pooled
from seqbench.comparing.statistics.corrected_resampled_t import Splits, corrected
from seqbench.results.model_names import ModelKey
from seqbench.results.records import SplitSizes
from seqbench.results.rows import TrialFailure

A, B, C = (ModelKey("run", label) for label in "abc")
SIZES = SplitSizes(train=80, test=20)
SPLITS_OF_FOLDS = Splits(test=20, train=80, whole=80, disjoint=True)


def fold(number, of=4, origin="d", **further):
    drawn = {"fold": f"{number}/{of}", **further}
    return summary_of(f"{origin}{drawn}", origin=origin, drawn=drawn, sentences=SIZES)


def resplit(number, origin="d"):
    return summary_of(f"{origin} resplit {number}", origin=origin, drawn={"resplit": str(number)}, sentences=SIZES)


def folds_of(**scores):
    """Results of models with one seed on as many folds as they have scores."""
    rows = []
    for number in range(1, 1 + max(map(len, scores.values()))):
        for label, of_folds in scores.items():
            rows.append(row_of(label, [of_folds[number - 1]], fold(number)))
    return results_of(*rows)


def test_splits_of_one_dataset_and_size_are_a_group_with_a_name_that_says_how_many():
    datasets = [*(fold(n, 3) for n in (1, 2, 3)), *(resplit(n, "e") for n in (1, 2)), summary_of("alone")]
    assert [group.name for group in groups(datasets)] == ["d, 3 folds", "e, 2 random splits"]
    assert [group.over for group in groups(datasets)] == ["3 folds", "2 random splits"]


def test_some_of_the_folds_are_said_to_be_some():
    assert [group.over for group in groups([fold(1, 5), fold(4, 5)])] == ["2 of 5 folds"]
    assert groups([fold(1, 5)]) == []


def test_training_sizes_are_groups_of_their_own():
    datasets = [fold(n, 2, **size) for size in ({"train-size": "10"}, {}) for n in (1, 2)]
    assert [group.name for group in groups(datasets)] == ["d, train-size 10, 2 folds", "d, 2 folds"]


def test_the_splits_of_a_group_become_one_row_a_model_with_a_value_for_each_split():
    results = folds_of(a=[0.1, 0.2, 0.3, 0.4], b=[0.5, 0.5, 0.5, 0.9])
    (dataset,) = pooled(results).datasets
    assert (dataset.name, dataset.fingerprint.count("+"), dataset.drawn) == ("d, 4 folds", 3, {})
    rows = {row.key: row for row in pooled(results).rows}
    assert rows[A].scores["accuracy"].per_seed == [0.1, 0.2, 0.3, 0.4]
    assert rows[B].scores["accuracy"].mean == pytest.approx(0.6)
    assert pooled(results).over == {dataset.fingerprint: "4 folds"}


def test_several_seeds_of_a_split_count_by_their_mean():
    results = results_of(*(row_of("a", scores, fold(n, 2)) for n, scores in ((1, [0.2, 0.4]), (2, [0.6]))))
    (row,) = pooled(results).rows
    assert row.scores["accuracy"].per_seed == [pytest.approx(0.3), 0.6]


def test_a_failed_split_is_never_averaged_away_and_names_its_split():
    failure = TrialFailure(0, "out of luck")
    first, second = row_of("a", [0.5], fold(1, 2)), row_of("a", [None], fold(2, 2), failures=[failure])
    (row,) = pooled(results_of(first, second)).rows
    assert row.scores["accuracy"].mean is None
    assert [f.error for f in row.failures] == [f"{second.dataset.name}: out of luck"]


def test_costs_are_means_over_the_splits_that_know_them():
    rows = [row_of("a", [0.5], fold(n, 3), cost=cost) for n, cost in ((1, 10.0), (2, 30.0), (3, None))]
    (row,) = pooled(results_of(*rows)).rows
    assert set(row.costs.values()) == {20.0}


def test_datasets_that_are_no_splits_stay_as_they_are():
    other = row_of("a", [0.7], summary_of("other"))
    results = results_of(row_of("a", [0.1], fold(1, 2)), row_of("a", [0.2], fold(2, 2)), other)
    assert [row.dataset.name for row in pooled(results).rows] == ["other", "d, 2 folds"]
    assert pooled(results).rows[0] is other


def test_two_models_are_compared_by_the_corrected_test_the_better_first():
    worse, better = [0.5, 0.6, 0.55, 0.5], [0.6, 0.65, 0.55, 0.7]
    results = folds_of(a=worse, b=better)
    (comparison,) = compare(groups(results.datasets)[0], results, "accuracy")
    assert (comparison.a, comparison.b, comparison.question, comparison.dataset) == (B, A, SPLITS, "d, 4 folds")
    expected = corrected(np.array(better) - np.array(worse), SPLITS_OF_FOLDS)
    assert comparison.difference == pytest.approx(expected.value)
    assert (comparison.p, comparison.ci95) == (pytest.approx(expected.p), pytest.approx(expected.interval()))
    assert comparison.superiority == pytest.approx((3 + 0.5) / 4)  # three splits won, one tied
    assert comparison.p_adjusted == comparison.p


def test_the_whole_of_random_splits_is_test_and_train_together():
    (group,) = groups([resplit(1), resplit(2)])
    assert group.splits == Splits(test=20, train=80, whole=100, disjoint=False)


def test_holm_is_over_all_pairs_or_over_those_with_one_model():
    results = folds_of(a=[0.5, 0.6, 0.55, 0.5], b=[0.6, 0.65, 0.57, 0.7], c=[0.1, 0.12, 0.2, 0.1])
    (group,) = groups(results.datasets)
    every, with_c = compare(group, results, "accuracy"), compare(group, results, "accuracy", C)
    assert [{c.a, c.b} for c in every] == [{A, B}, {A, C}, {B, C}]
    least = min(every, key=lambda c: c.p)
    assert least.p_adjusted == pytest.approx(3 * least.p)
    assert [{c.a, c.b} for c in with_c] == [{A, C}, {B, C}]
    assert min(with_c, key=lambda c: c.p).p_adjusted == pytest.approx(2 * least.p)


def test_only_splits_that_both_models_finished_are_compared():
    results = folds_of(a=[0.5, 0.6, None, 0.5], b=[0.6, 0.65, 0.57, 0.7])
    (comparison,) = compare(groups(results.datasets)[0], results, "accuracy")
    assert comparison.test == "corrected resampled t test, 3 splits"
    alone = replace(results, rows=[row for row in results.rows if row.key == B or "1/4" in row.dataset.name])
    assert compare(groups(results.datasets)[0], alone, "accuracy") == []
