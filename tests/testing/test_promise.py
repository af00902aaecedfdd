"""A promise: kept, or broken with what was seen."""

import faults
import pytest

from seqbench.testing import (
    DATASETS,
    METRICS,
    PROMISES,
    READERS,
    REPORTERS,
    BrokenPromiseError,
    Promise,
    broken_promises,
)
from seqbench.testing.promise import require


def test_every_promise_has_its_fault():
    names = [[promise.name for promise in group] for group in (PROMISES, DATASETS, METRICS, READERS, REPORTERS)]
    kinds = (faults.TAGGERS, faults.DATASETS, faults.METRICS, faults.READERS, faults.REPORTERS)
    assert [set(group) for group in names] == [set(kind) for kind in kinds]
    assert all(len(set(group)) == len(group) for group in names)


def test_a_promise_is_broken_by_what_its_check_says():
    promise = Promise("even", "is even", lambda make: require(make() % 2 == 0, f"it is {make()}"))
    assert promise.broken_by(lambda: 2) is None
    assert promise.broken_by(lambda: 3) == "it is 3"


@pytest.mark.parametrize("error", [ZeroDivisionError("no"), SystemExit(3)])
def test_whatever_is_raised_breaks_a_promise(error):
    def check(make):
        raise error

    assert Promise("any", "is anything", check).broken_by(dict).startswith(f"raised {type(error).__name__}")


def test_what_is_required_and_not_kept_raises_with_what_was_seen():
    require([1], "nothing")
    with pytest.raises(BrokenPromiseError, match="an empty list"):
        require([], "an empty list")


def test_a_tagger_that_raises_breaks_promises_with_its_error_and_its_place():
    class Raising(faults.First):
        def fit(self, train, conditions):
            raise RuntimeError("out of luck")

    seen = {promise.name: example for promise, example in broken_promises(Raising)}
    unasked = {"seeds-do-not-matter", "spec-round-trip", "not-fitted"}  # of fit
    assert set(seen) == {promise.name for promise in PROMISES} - unasked
    assert all("RuntimeError: out of luck" in example for example in seen.values())


class WithProbabilitiesOfItsOwn:
    """Has `predict_proba` as an attribute of the object, as what wraps another tagger may have."""

    def __init__(self):
        self.predict_proba = str


@pytest.mark.parametrize(
    ("make", "is_offered"),
    [(WithProbabilitiesOfItsOwn, True), (object, False), (lambda: 1 / 0, True)],
)
def test_a_promise_is_asked_of_what_has_its_methods_and_of_what_cannot_be_made(make, is_offered):
    assert Promise("p", "words", lambda _: None, ("predict_proba",)).is_offered(make) is is_offered
    assert Promise("p", "words", lambda _: None).is_offered(make)
