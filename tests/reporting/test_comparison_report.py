"""What can be compared: runs on the same data, and labels that are there."""

import pytest
from compared_runs import examined, registry_to_compare, store_of
from samples import dataset

from seqbench.errors import UsageError
from seqbench.reporting.comparison_report import Question, comparable


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("run"), "wrong", "b=wrong(share=0.3)")


def comparable_runs(*stores, **question):
    return comparable(stores, registry_to_compare(), Question(**question))


def test_a_label_under_which_nothing_finished_is_refused(store):
    with pytest.raises(UsageError, match="no finished model is named 'nobody'"):
        comparable_runs(store, against="nobody")


def test_runs_on_different_data_of_one_name_are_refused_with_both_fingerprints(tmp_path):
    stores = [
        store_of(tmp_path / "a", "constant"),
        store_of(tmp_path / "b", "constant(tag='NN')", data=dataset("data")),
    ]
    with pytest.raises(UsageError, match=r"is not the same in these runs: [0-9a-f]{32} and [0-9a-f]{32}"):
        examined(stores)


def test_a_rope_of_points_is_refused_for_perplexities(store):
    with pytest.raises(UsageError, match="--rope is in points, and a difference of perplexity is not"):
        comparable_runs(store, metrics=("perplexity",), rope=0.002)
