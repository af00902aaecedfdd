"""Promises of reporters, each with a fault that it alone catches."""

import faults
import pytest

from seqbench.testing import REPORTERS, broken_promises


@pytest.mark.parametrize(("promise", "fault"), faults.REPORTERS.items())
def test_a_fault_of_a_reporter_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault, REPORTERS)] == [promise]


def test_a_reporter_without_a_fault_keeps_them_all():
    assert list(broken_promises(faults.Listens, REPORTERS)) == []
