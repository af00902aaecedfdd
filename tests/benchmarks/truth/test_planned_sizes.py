"""The simulation of planned sizes, in small: what is planned for a difference finds it most often."""

import re
from dataclasses import replace

import pytest


@pytest.fixture
def planned_sizes(truth):
    return truth("planned_sizes")


@pytest.mark.parametrize("question", ["a", "b"])
def test_what_is_planned_finds_the_difference_most_often(planned_sizes, question, monkeypatch):
    monkeypatch.setattr(planned_sizes, "PLANS", 3)
    shape = planned_sizes.TEXT if question == "a" else replace(planned_sizes.SEEDS, sentences=1000)
    row = planned_sizes.row(shape, question, 8, planned_sizes.public_part())
    match = re.fullmatch(r"\| (sentences|seeds) \| ([\d,]+) \(.* to .*\) \| ([\d.]+) % ± [\d.]+ of 8 \|", row)
    assert match, row
    assert int(match[2].replace(",", "")) > 1
    assert float(match[3]) >= 50
