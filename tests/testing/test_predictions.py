"""Promises about answers, each with a fault that it alone catches."""

import faults
import pytest

from seqbench.testing import broken_promises
from seqbench.testing.predictions import ANSWERS


@pytest.mark.parametrize(("promise", "fault"), faults.of(ANSWERS))
def test_a_fault_of_a_tagger_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault)] == [promise]


@pytest.mark.parametrize(
    ("fault", "example"),
    [
        (faults.DropsTheFourthToken, "[['the', 'man', 'saw', 'fish']] have [4] tokens, and got [3] tags"),
        (faults.LooksWordsUp, f"[['{'x' * 50}']] raised KeyError: '{'x' * 50}'"),
        (faults.StumblesOverEmptySentences, "[[]] raised IndexError"),
        (faults.CountsSentences, "[['dogs', 'run'], ['a', 'dog', 'ran']] got"),
    ],
)
def test_a_failure_tells_the_smallest_example(fault, example):
    [(_, seen)] = broken_promises(fault)
    assert seen.startswith(example)


def test_a_tagger_that_answers_numbers_is_told_of_sequences():
    class Numbers(faults.First):
        def tag(self, word):
            return len(self.tags[0])

    seen = {promise.name: example for promise, example in broken_promises(Numbers)}
    assert "give tags as str, or ids as seqbench.Sequences(" in seen["only-taught-tags"]
