"""Promises of what a tagger can do beyond tagging, each with a fault that it alone catches."""

import faults
import numpy as np
import pytest

from seqbench import UsageError
from seqbench.testing import PROMISES, broken_promises
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


def test_probabilities_that_are_no_array_are_told_with_the_shape_that_is_expected():
    class Lists(faults.First):
        def predict_proba(self, sentences):
            return [[[1.0]] for _ in sentences.ids]

    told = [promise.broken_by(Lists) for promise in PROMISES]
    assert "predict_proba answered list, expected one array (12 tokens of all sentences in a row, 7 tags)" in " ".join(
        filter(None, told)
    )
    assert not any("raised" in text for text in told if text)


def test_columns_in_another_order_are_answered_with_the_order():
    class Backwards(faults.First):
        def predict_proba(self, sentences):
            probabilities = np.zeros((len(sentences.ids), 7), np.float32)
            probabilities[:, 6] = 1
            return probabilities

    told = " ".join(filter(None, (promise.broken_by(Backwards) for promise in PROMISES)))
    assert "columns are in the order of train.tags.vocabulary, here ['DET', 'NOUN', 'VERB'," in told
