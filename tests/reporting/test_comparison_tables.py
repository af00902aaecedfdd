"""Comparisons as tables and in words: who stands where, and nothing said that no test says."""

from dataclasses import replace

import pytest
from compared_runs import examined, labels_of, store_of

from seqbench.comparing.comparison import compare
from seqbench.comparing.per_tag import scan
from seqbench.reporting.comparison_tables import pairs, scanned, standing
from seqbench.reporting.table import rendered


def measured_of(folder, *specs, seeds=1):
    return examined([store_of(folder, *specs, seeds=seeds)])[1][0]


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """Two models, clearly apart, of three seeds each."""
    specs = ("bad=wrong(share=0.3)", "good=wrong(share=0.1)")
    return measured_of(tmp_path_factory.mktemp("apart"), *specs, seeds=3)


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """One deterministic model and two others, of five seeds."""
    specs = ("constant(tag='A')", "a=wrong(share=0.2)", "b=wrong")
    return measured_of(tmp_path_factory.mktemp("several"), *specs, seeds=5)


def standing_of(measured, comparisons=None, against=None):
    comparisons = compare(measured, against) if comparisons is None else comparisons
    return standing(measured, comparisons, labels_of(measured), against)


def text_of(measured, comparisons=None):
    return rendered(standing_of(measured, comparisons), "table")


def test_the_model_that_is_better_than_all_others_is_called_best(apart):
    assert [row[0] for row in standing_of(apart).rows] == ["good", "bad"]
    assert [row[-2:] for row in standing_of(apart).rows] == [["best", "best"], ["worse", "worse"]]
    assert "(a) these models: good is better than all others" in text_of(apart)


def test_scores_and_intervals_are_percent(apart):
    name, score, interval, *_ = standing_of(apart).rows[0]
    low, high = (float(limit) for limit in interval.split(" to "))
    assert (name, float(score)) == ("good", pytest.approx(100 * apart.means[1], abs=0.005))
    assert low < float(score) < high


def test_equal_models_lead_and_the_detectable_difference_is_said(tmp_path):
    measured = measured_of(tmp_path / "r", "one=wrong(share=0.2)", "two=wrong(share=0.200001)", seeds=2)
    said = text_of(measured)
    assert (said.count("leads"), said.count("not told apart from it: ")) == (2, 2)
    assert f"Differences under {100 * compare(measured)[0].detectable:.2f} points would often be missed." in said


def test_one_seed_needs_more_for_the_second_question_and_says_so(tmp_path):
    measured = measured_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)")
    comparisons = compare(measured)
    said = text_of(measured, comparisons)
    assert "it takes two or more seeds" in said
    assert said.count("needs seeds") == 2
    assert len(list(pairs(measured, comparisons, labels_of(measured)))) == 1


def test_all_are_compared_with_one_if_asked(tmp_path):
    measured = measured_of(tmp_path / "r", *(f"wrong(share={share})" for share in (0.1, 0.2, 0.3)))
    table = standing_of(measured, against=measured.predictions.keys[1])
    assert [row[3] for row in table.rows] == ["compared with", "better", "worse"]
    assert table.title.startswith("data: what is better or worse than wrong(share=0.2)?")
    assert any("better than wrong(share=0.2): wrong(share=0.1); worse: wrong(share=0.3)" in f for f in table.footnotes)


def test_pairs_have_a_table_for_each_question_with_its_own_last_column(apart):
    of_models, of_learners = pairs(apart, compare(apart), labels_of(apart))
    assert (of_models.columns[-1], of_learners.columns[-1]) == ("McNemar", "ASO")
    (model,), (learner,) = of_models.rows, of_learners.rows
    assert model[:3] == ["good", "bad", f"{100 * (apart.means[1] - apart.means[0]):+.2f}"]
    assert learner[4] == "100 %"  # every seed of the better beats every one of the other
    assert learner[-1] == "-"  # three seeds are too few


def test_almost_stochastic_order_stands_where_there_are_five_seeds(several):
    (_, of_learners) = pairs(several, compare(several), labels_of(several))
    assert [row[-1] for row in of_learners.rows] == ["0.00"] * 3


def test_what_a_comparison_does_not_know_is_a_dash(apart):
    nothing = dict.fromkeys(("ci95", "error_reduction", "mcnemar", "detectable"))
    comparisons = [replace(c, **nothing) for c in compare(apart)]
    (row,) = next(iter(pairs(apart, comparisons, labels_of(apart)))).rows
    assert (row[3], row[4], row[-2], row[-1]) == ("-", "-", "-", "-")


def test_a_scan_of_tags_prints_raw_and_adjusted_p_the_clearest_first(several):
    tests = scan(several.predictions)
    table = scanned(several.predictions, tests, labels_of(several))
    said = rendered(table, "table")
    assert "p (BH)" in said
    assert f"Benjamini-Hochberg over these {len(tests)} tests" in said
    ordered = sorted(tests, key=lambda test: test.p)
    assert [row[0] for row in table.rows] == [test.tag for test in ordered]


def test_no_line_of_the_tables_is_wider_than_120_columns(several):
    comparisons, names = compare(several), labels_of(several)
    tables = [standing(several, comparisons, names), *pairs(several, comparisons, names)]
    tables.append(scanned(several.predictions, scan(several.predictions), names))
    assert max(len(line) for table in tables for line in rendered(table, "table").splitlines()) <= 120
