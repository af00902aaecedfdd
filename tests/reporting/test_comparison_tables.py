"""Comparisons as tables and in words: who stands where, and nothing said that no test says."""

from dataclasses import replace

import pytest
from compared_runs import examined, labels_of, store_of

from seqbench.comparing.comparison import OPEN
from seqbench.comparing.dataset_comparison import compared, corrected_together
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


def compared_of(measured, against=None):
    (dataset,) = corrected_together([compared(measured, against)])
    return dataset


def standing_of(measured, against=None):
    return standing(compared_of(measured, against), labels_of(measured), against)


def text_of(measured):
    return rendered(standing_of(measured), "table")


def test_the_model_that_is_better_than_all_others_is_called_best_and_has_the_first_rank(apart):
    table = standing_of(apart)
    assert table.columns[3:] == ["(a) these models", "rank (a)", "(b) these learners", "rank (b)", "P(best)"]
    assert [row[0] for row in table.rows] == ["good", "bad"]
    assert [row[3:] for row in table.rows] == [
        ["best", "1", "best", "1", "100 %"],
        ["worse", "2", "worse", "2", "0 %"],
    ]


def test_scores_and_intervals_are_percent(apart):
    name, score, interval, *_ = standing_of(apart).rows[0]
    low, high = (float(limit) for limit in interval.split(" to "))
    assert (name, float(score)) == ("good", pytest.approx(100 * apart.means[1], abs=0.005))
    assert low < float(score) < high


def test_equal_models_share_ranks_and_the_detectable_difference_is_said(tmp_path):
    measured = measured_of(tmp_path / "r", "one=wrong(share=0.2)", "two=wrong(share=0.200001)", seeds=2)
    said = text_of(measured)
    assert [row[4] for row in standing_of(measured).rows] == ["1-2", "1-2"]
    assert "leads: has the best score, which is not shown to be better than all others." in said
    size = compared_of(measured).comparisons[0].detectable
    assert f"Differences under {100 * size:.2f} points would often be missed." in said


def test_models_that_predict_the_same_are_called_identical_and_miss_nothing(tmp_path):
    measured = measured_of(tmp_path / "r", "one=constant(tag='A')", "two=constant(tag='A')", seeds=2)
    assert [row[3] for row in standing_of(measured).rows] == ["tied", "identical"]
    assert "would often be missed" not in text_of(measured)
    for table in pairs(compared_of(measured), labels_of(measured)):
        assert table.rows[0][2] == "0.00"
        assert "0.00 without a sign: both have the same score, and neither is better." in table.footnotes


def test_one_seed_leaves_the_second_question_open(tmp_path):
    measured = measured_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)")
    assert [row[5] for row in standing_of(measured).rows] == ["not decided"] * 2
    assert len(list(pairs(compared_of(measured), labels_of(measured)))) == 1
    why = "it takes two or more seeds of each model that has seeds (--seeds 5)."
    assert f"not decided (whether the model differs from the first): {why}" in text_of(measured)
    assert "rank: 1-2 stands for all ranks that the tests leave possible." in text_of(measured)


def test_a_dash_beside_pairs_that_are_not_decided_is_explained(several):
    models, learners = pairs(compared_of(several), labels_of(several))
    assert not any(note.startswith("-:") for note in (*models.footnotes, *learners.footnotes))
    made = compared_of(several)
    cut = [replace(c, relation=OPEN, why="no seeds") if c.question == "learner" else c for c in made.comparisons]
    _, learners = pairs(replace(made, comparisons=cut), labels_of(several))
    assert "-: no seeds." in learners.footnotes


def test_all_are_compared_with_one_if_wanted(tmp_path):
    measured = measured_of(tmp_path / "r", *(f"wrong(share={share})" for share in (0.1, 0.2, 0.3)))
    table = standing_of(measured, against=measured.predictions.keys[1])
    assert [row[3] for row in table.rows] == ["compared with", "better", "worse"]
    assert "rank (a)" not in table.columns
    assert table.title.startswith("data: what is better or worse than wrong(share=0.2)?")


def test_pairs_have_a_table_for_each_question(apart):
    of_models, of_learners = pairs(compared_of(apart), labels_of(apart))
    assert (of_models.columns[-1], of_learners.columns[-1]) == ("McNemar", "detectable")
    (model,), (learner,) = of_models.rows, of_learners.rows
    assert model[:3] == ["good", "bad", f"{100 * (apart.means[1] - apart.means[0]):+.2f}"]
    assert model[4].endswith(" % fewer")
    assert learner[4] == "100 %"  # every seed of the better beats every one of the other


def test_what_a_comparison_does_not_know_is_a_dash(apart):
    nothing = dict.fromkeys(("ci95", "error_reduction", "mcnemar", "detectable"))
    made = compared_of(apart)
    made = replace(made, comparisons=[replace(c, **nothing) for c in made.comparisons])
    (row,) = next(iter(pairs(made, labels_of(apart)))).rows
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
    made, names = compared_of(several), labels_of(several)
    tables = [standing(made, names), *pairs(made, names)]
    tables.append(scanned(several.predictions, scan(several.predictions), names))
    lines = [line for table in tables for line in rendered(replace(table, footnotes=()), "table").splitlines()]
    assert max(map(len, lines)) <= 120


def test_a_legend_says_what_the_columns_of_standings_and_of_pairs_mean(apart):
    assert {"95 % interval", "P(best)"} <= set(standing_of(apart).legend)
    for table in pairs(compared_of(apart), labels_of(apart)):
        assert table.columns[:2] == ["ahead", "behind"]
        assert any(note.startswith("ahead: has the better score of the two") for note in table.footnotes)
        assert {"difference", "95 % interval", "p", "p (Holm)"} <= set(table.legend)


def test_a_question_that_could_not_be_asked_is_named_without_a_test(tmp_path):
    seeded = measured_of(tmp_path / "r", "one=wrong(share=0.1)", "two=wrong(share=0.4)", seeds=1)
    notes = standing_of(seeded).footnotes
    assert "(b) these learners: as a way of learning; no test was made." in notes
