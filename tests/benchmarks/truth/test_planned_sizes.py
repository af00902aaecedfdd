"""The simulation of planned sizes, in small: what is planned for a difference finds it most often."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

TRUTH = Path(__file__).resolve().parents[3] / "benchmarks" / "truth"


@pytest.fixture(scope="module")
def planned_sizes():
    sys.path.insert(0, str(TRUTH))
    try:
        import planned_sizes
    finally:
        sys.path.remove(str(TRUTH))
    return planned_sizes


@pytest.mark.parametrize("question", ["a", "b"])
def test_what_is_planned_finds_the_difference_most_often(planned_sizes, question, monkeypatch):
    monkeypatch.setattr(planned_sizes, "PLANS", 3)
    shape = planned_sizes.TEXT if question == "a" else replace(planned_sizes.SEEDS, sentences=1000)
    row = planned_sizes.row(shape, question, 8, planned_sizes.public_part())
    match = re.fullmatch(r"\| (sentences|seeds) \| ([\d,]+) \(.* to .*\) \| ([\d.]+) % ± [\d.]+ of 8 \|", row)
    assert match, row
    assert int(match[2].replace(",", "")) > 1
    assert float(match[3]) >= 50
