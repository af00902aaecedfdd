"""Promises of metrics, each with a fault that it alone catches."""

import faults
import pytest

from seqbench.testing import METRICS, broken_promises


@pytest.mark.parametrize(("promise", "fault"), faults.METRICS.items())
def test_a_fault_of_a_metric_is_caught_by_its_promise_alone(promise, fault):
    made = fault if isinstance(fault, type) else lambda: fault
    assert [broken.name for broken, _ in broken_promises(made, METRICS)] == [promise]


@pytest.mark.parametrize("metric", [lambda outcome: 0.5, lambda outcome: None])
def test_a_number_or_none_for_every_outcome_keeps_them_all(metric):
    assert list(broken_promises(lambda: metric, METRICS)) == []
