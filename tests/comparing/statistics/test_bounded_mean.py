"""The interval of a mean of bounded values: by hand, and how often it covers the mean rank of simulated models."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.bounded_mean import interval


def test_one_value_at_each_bound_is_added_to_students_interval():
    values = np.array([1.0, 2, 2, 3, 1, 2])
    wider = np.array([1.0, 2, 2, 3, 1, 2, 1, 4])
    reach = stats.t.ppf(0.975, 5) * wider.std(ddof=1) / 6**0.5
    assert interval(values, 1, 4) == pytest.approx((max(1, wider.mean() - reach), wider.mean() + reach))


def test_values_that_are_all_alike_have_an_interval_and_no_bound_is_passed():
    low, high = interval(np.ones(6), 1, 3)
    assert low == 1
    assert 1.5 < high <= 3


@pytest.mark.parametrize("datasets", [6, 10, 20])
@pytest.mark.parametrize("models", [2, 5])
def test_mean_ranks_are_covered_however_far_models_lie_apart(datasets, models):
    random = np.random.default_rng(3)
    for gap in (0.0, 1.0, 3.0):
        better = np.append(gap, np.zeros(models - 1))

        def ranks(*shape, better=better):
            scores = random.normal(size=(*shape, models)) + better
            return 1 + (scores[..., None, :] > scores[..., :, None]).sum(-1)

        true, held = ranks(20_000).mean(0)[0], []
        for drawn in ranks(500, datasets)[..., 0]:
            low, high = interval(drawn, 1, models)
            held.append(low <= true <= high)
        assert np.mean(held) >= 0.93
