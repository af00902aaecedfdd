"""Promises as tests of pytest."""

import faults
import pytest

from seqbench.testing import DATASETS, PROMISES, promised

test_what_the_faults_start_from_keeps = promised(faults.First)


def cases(test):
    """The arguments of each case of a test, and the names of the cases."""
    [mark] = test.pytestmark
    return mark.args[1], mark.kwargs["ids"]


def test_there_is_one_case_for_each_promise_of_each_thing():
    pairs, names = cases(promised("majority", "tutorial", faults.First))
    assert len(pairs) == len(names) == 2 * len(PROMISES) + len(DATASETS)
    assert {name.partition(":")[0] for name in names} == {"majority", "tutorial", "First"}


def test_a_broken_promise_fails_with_the_smallest_example():
    test = promised(faults.DropsTheFourthToken)
    [(subject, promise)] = [pair for pair in cases(test)[0] if pair[1].name == "one-tag-per-token"]
    with pytest.raises(pytest.fail.Exception, match="DropsTheFourthToken gives one tag to every token: BROKEN: .*fish"):
        test(subject, promise)
