"""Corrections for many tests, against their definitions and scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from seqbench.comparing.statistics.corrections import benjamini_hochberg, holm, shaffer


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_corrections_equal_holm_s_definition_and_scipy(p):
    ordered = sorted(p)
    for raw, adjusted in zip(p, holm(p), strict=True):
        up_to = [value * (len(p) - place) for place, value in enumerate(ordered) if value <= raw]
        assert adjusted == pytest.approx(min(1, max(up_to)))
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p).tolist())


def test_no_test_needs_no_correction():
    assert (holm([]), benjamini_hochberg([])) == ([], [])


def test_shaffer_takes_the_numbers_of_pairs_that_can_be_equal_at_once():
    """Of four models 6, 3, 2, 1 or 0 pairs are equal at once (Shaffer 1986): after the first rejection 3, not 5."""
    p = [0.001, 0.012, 0.014, 0.03, 0.04, 0.5]
    steps = [6 * 0.001, 3 * 0.012, 3 * 0.014, 3 * 0.03, 2 * 0.04, 0.5]
    assert shaffer(p, 4) == pytest.approx(np.maximum.accumulate(steps))
    assert all(s <= h for s, h in zip(shaffer(p, 4), holm(p), strict=True))
