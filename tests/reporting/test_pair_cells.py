"""Cells of a pair of models: fractions as points, perplexities as they are."""

from dataclasses import replace

import pytest

from seqbench.comparing.comparison import LEARNER, MODEL, Comparison
from seqbench.reporting.pair_cells import cells_beside_rope, cells_of, seemingly_apart
from seqbench.results.model_names import ModelKey

A, B = ModelKey("run", "a"), ModelKey("run", "b")
NAMES = {A: "a", B: "b"}


def pair(metric, question=MODEL, **further):
    return Comparison(
        a=A, b=B, dataset="d", question=question, test="t", metric=metric, p=0.01, p_adjusted=0.02, **further
    )


@pytest.mark.parametrize(
    ("metric", "difference", "cells"),
    [
        ("accuracy", 0.015, ["+1.50", "+1.00 to +2.00"]),
        ("perplexity", 12.5, ["-12.50", "-13.00 to -12.00"]),
    ],
)
def test_a_difference_and_its_interval_are_in_the_unit_of_the_metric(metric, difference, cells):
    step = difference / 3 if metric == "accuracy" else 0.5
    c = pair(metric, difference=difference, ci95=(difference - step, difference + step), detectable=difference)
    assert cells_of(c, NAMES)[:4] == ["a", "b", *cells]
    assert cells_of(c, NAMES)[7] == ("1.50" if metric == "accuracy" else "12.50")
    assert cells_beside_rope(c, NAMES)[:4] == ["a", "b", *cells]


def test_what_is_not_known_is_a_dash():
    assert cells_of(pair("accuracy", LEARNER, difference=0.0), NAMES) == [
        "a", "b", "0.00", "-", "-", "0.0100", "0.0200", "-"]  # fmt: skip


def test_an_interval_without_zero_beside_a_corrected_p_above_the_level_is_explained():
    apart = Comparison(
        a=A, b=B, dataset="d", question=MODEL, test="t", difference=0.02, ci95=(0.01, 0.03), p=0.02, p_adjusted=0.06
    )
    assert seemingly_apart([apart]).startswith("95 % interval: that of a pair by itself, while p is corrected")
    assert not seemingly_apart(
        [replace(apart, p_adjusted=0.04), replace(apart, ci95=(-0.01, 0.05)), pair("f1", difference=0)]
    )
