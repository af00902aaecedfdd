"""Promises about learning, each with a fault that it alone catches."""

import faults
import pytest

from seqbench.testing import broken_promises
from seqbench.testing.learning import LEARNING


@pytest.mark.parametrize(("promise", "fault"), faults.of(LEARNING))
def test_a_fault_of_a_tagger_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault)] == [promise]


class Plain:
    """Gives the first tag of train, and does not say that it is not fitted."""

    def fit(self, train, conditions):
        self.best = train.tags.vocabulary[0]

    def predict(self, sentences):
        return [[self.best] * len(sentence) for sentence in sentences]


def test_before_fit_nothing_but_not_fitted_error_will_do():
    [(promise, seen)] = broken_promises(Plain)
    assert promise.name == "not-fitted"
    assert seen.startswith("before fit, predict raised AttributeError: 'Plain' object has no attribute 'best'; it must")
    assert seen.endswith("it must raise seqbench.NotFittedError, as seqbench.learned(self) does")


@pytest.mark.parametrize("name", ["predict_proba", "parameters", "start"])
def test_whatever_else_a_tagger_has_says_so_before_fit_as_well(name):
    answer = property(lambda self: 7) if name == "parameters" else lambda self, *_: 7
    kind = type("Answers", (faults.First,), {name: answer})
    seen = {promise.name: example for promise, example in broken_promises(kind, LEARNING)}
    assert seen == {"not-fitted": f"before fit, {name} answered 7; it must raise seqbench.NotFittedError, "
                                  "as seqbench.learned(self) does"}  # fmt: skip


def test_what_a_tagger_does_not_have_is_not_asked():
    assert list(broken_promises(faults.First, LEARNING)) == []


@pytest.mark.parametrize(
    ("fault", "when"),
    [
        (faults.KeepsATableOfItsFirstFit, "where it had been fitted on other data before"),
        (faults.KeepsATableInItsClass, "where another tagger of its class had been fitted on other data before"),
    ],
)
def test_tables_that_outlive_a_fit_are_found_by_words_of_old_data_alone(fault, when):
    [(promise, seen)] = broken_promises(fault, LEARNING)
    assert promise.name == "refit-forgets"
    assert f"'doshes'] got ['ADP'] {when}, else" in seen or f"['gostak', 'distims'] got ['AUX', 'PRON'] {when}" in seen
