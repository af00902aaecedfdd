"""Promises of datasets, each with a fault that it alone catches."""

import faults
import pytest
from samples import dataset

from seqbench.testing import DATASETS, broken_promises


@pytest.mark.parametrize(("promise", "fault"), faults.DATASETS.items())
def test_a_fault_of_a_dataset_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault, DATASETS)] == [promise]


def test_a_dataset_without_a_fault_keeps_them_all():
    assert list(broken_promises(dataset, DATASETS)) == []


def test_what_is_no_dataset_breaks_the_first_promise_with_its_kind():
    seen = {promise.name: example for promise, example in broken_promises(dict, DATASETS)}
    assert seen["train-and-test"] == "it gave dict, not a seqbench.Dataset"
