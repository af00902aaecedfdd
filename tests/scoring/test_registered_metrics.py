"""Metrics of plugins: called with an outcome, recounted where they can be, and lost when they fail."""

import numpy as np
import pytest
from runs import registry_of
from samples import ShareOfFirst, outcome_of

from seqbench.errors import UsageError
from seqbench.scoring.core_scores import BY_NAME
from seqbench.scoring.registered_metrics import countables, registered_scores


def metrics(**things):
    return registry_of(metrics=things)


def test_what_each_metric_says_stands_under_its_name():
    registry = metrics(first=ShareOfFirst(), half=lambda outcome: np.float32(0.5), absent=lambda outcome: None)
    assert registered_scores(registry, outcome_of([0, 1], [0, 0])) == {"first": 1.0, "half": 0.5, "absent": None}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        ("many", "'many'"),
        (np.zeros(2), "something of type 'ndarray'"),
        (10**400, "something of type 'int'"),
    ],
)
def test_what_is_no_finite_number_is_none_and_named(value, shown):
    registry = metrics(odd=lambda outcome: value)
    assert registered_scores(registry, outcome_of([0], [0])) == {"odd": None}
    (loss,) = registry.losses
    assert loss.reason == f"metric 'odd' gave {shown}, expected a finite number or None"


@pytest.mark.parametrize("error", [ZeroDivisionError, SystemExit])
def test_a_metric_that_raises_says_none_and_loses_its_plugin(error):
    def raises(outcome):
        raise error("on purpose")

    registry = metrics(raises=raises, half=lambda outcome: 0.5)
    assert registered_scores(registry, outcome_of([0], [0])) == {"half": 0.5, "raises": None}
    (loss,) = registry.losses
    assert "on purpose" in loss.reason


def test_the_core_s_scores_can_be_recounted_and_so_can_metrics_with_counts():
    registry = metrics(first=ShareOfFirst(), plain=lambda outcome: 0.5)
    assert set(countables(registry, ["first", "plain", "gone"])) == {*BY_NAME, "first"}
    assert set(countables(registry, [])) == set(BY_NAME)


def test_a_metric_that_is_wanted_must_be_there_and_be_countable():
    registry = metrics(plain=lambda outcome: 0.5)
    with pytest.raises(UsageError, match="no metric is named 'plian'. Did you mean 'plain'"):
        countables(registry, ["plian"], metrics=["plian"])
    with pytest.raises(UsageError, match="metric 'plain' cannot be recounted from sentences"):
        countables(registry, ["plain"], metrics=["plain"])


def test_a_metric_that_cannot_be_imported_is_left_out_and_loses_its_plugin():
    registry = metrics(gone="no_such_package:metric")
    assert set(countables(registry, ["gone"])) == set(BY_NAME)
    assert "No module named 'no_such_package'" in registry.losses[0].reason
