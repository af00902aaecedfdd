"""Corrections for many tests, against their definitions and scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from seqbench.comparing.statistics.corrections import benjamini_hochberg, holm


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_corrections_equal_holm_s_definition_and_scipy(p):
    ordered = sorted(p)
    for raw, adjusted in zip(p, holm(p), strict=True):
        up_to = [value * (len(p) - place) for place, value in enumerate(ordered) if value <= raw]
        assert adjusted == pytest.approx(min(1, max(up_to)))
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p).tolist())


def test_no_test_needs_no_correction():
    assert (holm([]), benjamini_hochberg([])) == ([], [])
