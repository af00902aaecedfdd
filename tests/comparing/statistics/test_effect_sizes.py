"""Effect sizes, by hand and against scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from seqbench.comparing.statistics.effect_sizes import error_reduction, superiority


def test_effects_by_hand():
    assert error_reduction(0.95, 0.9) == pytest.approx(0.5)
    assert error_reduction(0.95, 1.0) is None
    assert superiority([3, 2], [1, 2]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9), st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_superiority_is_the_statistic_of_mann_and_whitney_as_a_share(first, second):
    u = stats.mannwhitneyu(first, second, method="asymptotic" if len(set(first + second)) > 1 else "exact").statistic
    assert superiority(first, second) == pytest.approx(u / (len(first) * len(second)))
