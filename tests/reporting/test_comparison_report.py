"""A whole comparison of runs: the JSON of it, and tables that tell several datasets as each alone."""

import json

import pytest
from compared_runs import examined, registry_to_compare, store_of
from samples import dataset

from seqbench.errors import UsageError
from seqbench.reporting.comparison_report import Question, as_json, comparable


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("run"), "wrong", "b=wrong(share=0.3)")


def comparable_runs(*stores, **question):
    return comparable(stores, registry_to_compare(), Question(**question))


def json_of(*stores, **question):
    return json.loads(as_json(comparable_runs(*stores, **question), registry_to_compare()))


def test_json_has_every_key_of_a_comparison(store):
    content = json_of(store)
    keys = {"a", "b", "dataset", "metric", "question", "test", "difference", "ci95", "p", "p_adjusted"}
    assert all(keys <= set(c) for c in content["comparisons"])
    assert [(c["a"], c["b"], c["question"]) for c in content["comparisons"]] == [
        ("wrong", "b", "model"),
        ("wrong", "b", "learner"),
    ]


def test_json_has_the_interval_of_every_score_that_can_be_recounted(store):
    rows = json_of(store)["rows"]
    scores = [row[name] for row in rows for name in ("accuracy", "macro_f1")]
    scores += [row["metrics"]["share-of-b"] for row in rows]
    assert all(low < score["mean"] < high for score in scores for low, high in [score["ci95"]])
    assert rows[0]["metrics"]["plain"]["ci95"] is None


def test_json_has_a_comparison_for_each_metric_and_tag_that_is_asked_for(store):
    comparisons = json_of(store, metrics=("macro_f1", "share-of-b"), per_tag=True)["comparisons"]
    told = {(c["metric"], c["tag"]) for c in comparisons if c["question"] == "model"}
    assert told == {("macro_f1", None), ("share-of-b", None), ("f1", "A"), ("f1", "B")}


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
