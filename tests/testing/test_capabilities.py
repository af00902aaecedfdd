"""Promises of what a tagger can do beyond tagging, each with a fault that it alone catches."""

import faults
import pytest

from seqbench import UsageError
from seqbench.testing import broken_promises
from seqbench.testing.capabilities import CAPABILITIES


@pytest.mark.parametrize(("promise", "fault"), faults.of(CAPABILITIES))
def test_a_fault_of_a_tagger_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault)] == [promise]


def test_a_tagger_that_can_do_no_more_keeps_them_all():
    assert list(broken_promises(faults.First, CAPABILITIES)) == []


def test_a_tagger_that_cannot_step_with_these_hyperparameters_may_say_so():
    class LooksAhead(faults.First):
        def start(self):
            raise UsageError(f"it knows {self.tags} and reads from both ends")

        def step(self, state, form, layers=None): ...

    assert list(broken_promises(LooksAhead)) == []
