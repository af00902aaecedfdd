"""Numbers as all tables write them."""

import pytest

from seqbench.reporting.number_format import counted, milliseconds, missed, named, p_value, points, tied


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "-"), (1.0, "1.0000"), (0.05, "0.0500"), (0.00005, "0.0001"), (0.0000499, "<0.0001"), (0.0, "<0.0001")],
)
def test_p_has_four_digits_or_is_under_the_last_of_them(value, shown):
    assert p_value(value) == shown


@pytest.mark.parametrize(
    ("difference", "shown"), [(0.1234, "+12.34"), (-0.00006, "-0.01"), (1e-7, "+0.00"), (1e-17, "0.00")]
)
def test_differences_are_points_with_their_sign(difference, shown):
    assert points(difference) == shown


def test_a_tie_is_explained_where_there_is_one():
    assert tied([0.1, -0.2]) == []
    assert tied([0.1, 0.0, 0.0]) == ["0.00 without a sign: both have the same score, and neither is better."]


def test_metrics_are_named_as_people_write_them():
    names = ["accuracy", "macro_f1", "sentence_accuracy", "span-f1"]
    assert [named(name) for name in names] == ["accuracy", "macro F1", "sentence accuracy", "span F1"]


def test_one_is_singular_and_thousands_are_set_off():
    assert [counted(number, "pair") for number in (0, 1, 2, 1234)] == ["0 pairs", "1 pair", "2 pairs", "1,234 pairs"]


def test_differences_that_are_missed_are_told_in_the_unit_of_the_metric():
    assert missed([0.35, 0.01, 0.9], "accuracy") == "differences under 35.00 points"
    assert missed([0.00001], "accuracy") == "differences under 0.001 points"
    assert missed([1.09], "accuracy") == "differences of any size"
    assert missed([12.5], "perplexity") == "differences under 12.50 of perplexity"


def test_milliseconds_below_one_have_two_digits():
    assert [milliseconds(value) for value in (0.01079, 0.5, 0.949, 1, 12.34)] == ["0.011", "0.5", "0.95", "1.0", "12.3"]
