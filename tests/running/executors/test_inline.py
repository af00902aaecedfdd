"""Trials one after the other in this process."""

import os

import numpy as np
from runs import plan_of, registry_of
from samples import Constant, Seeded, dataset

from seqbench.running.executors.inline import Inline
from seqbench.running.plan import requests
from seqbench.running.trial import perform


def test_a_result_is_that_of_the_trial_performed_here():
    registry = registry_of(seeded=Seeded)
    trials = list(requests(plan_of(registry, "seeded", seeds=2)))
    results = Inline(registry, {dataset().fingerprint: dataset()}).run(trials, lambda _: None, lambda *_: None)
    for request, result in results:
        expected = perform(request, dataset(), registry, lambda _: None)
        np.testing.assert_array_equal(result.predicted, expected.predicted)


def test_a_trial_begins_when_the_one_before_it_was_taken():
    order = []

    class Telling(Constant):
        def fit(self, train, conditions):
            order.append(f"fit in {os.getpid()}")

    registry = registry_of(telling=Telling)
    trials = list(requests(plan_of(registry, "telling", "other=telling(tag='V')")))
    results = Inline(registry, {dataset().fingerprint: dataset()}).run(
        trials, lambda request: order.append(f"begin {request.label}"), lambda *_: None
    )
    for request, _ in results:
        order.append(f"end {request.label}")
    fit = f"fit in {os.getpid()}"
    assert order == ["begin telling", fit, "end telling", "begin other", fit, "end other"]
