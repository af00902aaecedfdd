"""Comparisons over the splits of one dataset as a table."""

import re

from seqbench.comparing.comparison import BETTER, SAME, Comparison
from seqbench.reporting.across_splits_tables import splits_table, splits_verdict, taken_for_granted, with_the_best
from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.table import rendered
from seqbench.results.model_names import ModelKey

A, B, C = (ModelKey("run", label) for label in "abc")
NAMES = {key: key.label for key in (A, B, C)}


def comparison(a, b, p_adjusted, **further):
    known = {"ci95": (0.01, 0.03), "p": p_adjusted / 2, "superiority": 0.75, "detectable": 0.015, **further}
    return Comparison(
        a=a, b=b, dataset="d, 4 folds", question="splits", test="corrected resampled t test, 4 splits",
        difference=0.02, p_adjusted=p_adjusted, **known,
    )  # fmt: skip


def test_pairs_over_splits_stand_in_points_with_what_is_shown_by_them():
    table = splits_table([comparison(A, B, 0.01), comparison(A, C, 0.4)], NAMES)
    assert table.rows[0] == ["a", "b", "+2.00", "+1.00 to +3.00", "0.0100", "75 %", "0.0050", "1.50"]
    assert table.title.startswith("d, 4 folds: (b) are these ways of learning better, on other samples of such data?")
    assert "level 5 %: shown: a over b; not told apart: a and c." in table.footnotes[0]
    assert table.footnotes[1].startswith("It allows for overlaps, as far as 25 of 30 measured pairs of taggers need it")
    assert "if training sentences add at most 2 times the variance" in table.legend["p"]
    assert table.legend["p"].endswith("what is shown on such data is not sure")


def test_in_a_terminal_the_pairs_are_one_block():
    names = {A: "feedforward(epochs=1)", B: "feedforward(epochs=2)"}
    long = rendered(splits_table([comparison(A, B, 0.01)], names), Form("table", Layout(width=80)))
    assert re.search(r"ahead +behind +difference +95 % interval +p", long)  # the corrected one decides
    assert "not shown: p, detectable (--wide)" in long
    names = {A: "perceptron", B: "baseline"}
    text = rendered(splits_table([comparison(A, B, 0.01)], names), Form("table", Layout(width=80)))
    assert text.count("perceptron  baseline") == 1
    assert "not shown: detectable (--wide)" in text


def test_what_is_not_known_of_a_pair_is_a_dash():
    (row,) = splits_table([comparison(A, B, 0.4, ci95=None, superiority=None, detectable=None)], NAMES).rows
    assert row == ["a", "b", "+2.00", "-", "0.4000", "-", "0.2000", "-"]


def test_differences_of_perplexities_stand_as_they_are():
    table = splits_table([comparison(A, B, 0.01, metric="perplexity")], NAMES)
    assert table.title.endswith("Differences of perplexity")
    assert table.rows[0][2:4] == ["-0.02", "-0.03 to -0.01"]
    assert table.rows[0][-1] == "0.01"


def test_a_plain_sentence_says_who_is_best_over_splits():
    better, same = {"relation": BETTER}, {"relation": SAME}
    shown = [comparison(A, B, 0.01, **better), comparison(A, C, 0.01, **better)]
    assert splits_verdict(shown, NAMES) == (
        "d, 4 folds, accuracy: on other samples of such data a is better than all others."
    )
    assert taken_for_granted(shown).startswith(" The test allows for overlaps, as far as 25 of 30 measured pairs")
    pairs = [comparison(B, A, 0.4, **same), comparison(A, C, 0.01, **better), comparison(B, C, 0.01, **better)]
    best, missed = splits_verdict(pairs, NAMES).split(". ")
    assert best.endswith("b has the best score; not told apart from it: a; worse: c")
    assert missed == "Not told apart does not mean equal: differences under 1.50 points would often be missed."
    assert "data not told apart from a: b; worse than a: c. Not" in splits_verdict(pairs[:2], NAMES, against=A)
    assert not taken_for_granted(pairs[:1])


def test_pairs_with_the_best_model_can_stand_alone_and_the_others_are_counted():
    pairs = [comparison(B, A, 0.4), comparison(A, C, 0.01), comparison(B, C, 0.01)]
    assert with_the_best(pairs) == [pairs[0], pairs[2]]
    table = splits_table(with_the_best(pairs), NAMES, len(pairs))
    assert table.footnotes[-1] == "Pairs with the best model alone; --pairs prints all 3."
    assert splits_table(pairs, NAMES, len(pairs)).footnotes == splits_table(pairs, NAMES).footnotes
