"""All that a comparison found, as JSON."""

import json

import pytest
from compared_runs import registry_to_compare, store_of

from seqbench.reporting.comparison_findings import as_json
from seqbench.reporting.comparison_report import Question, comparable


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("run"), "wrong", "b=wrong(share=0.3)")


def json_of(*stores, **question):
    runs = comparable(stores, registry_to_compare(), Question(**question))
    return json.loads(as_json(runs, registry_to_compare()))


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


def test_json_has_rank_tier_and_chance_to_be_best_of_every_row(store):
    first, second = json_of(store)["rows"]
    assert [row["rank"]["accuracy"]["model"] for row in (first, second)] == [[1, 1], [2, 2]]
    assert [row["tier"]["accuracy"]["model"] for row in (first, second)] == [1, 2]
    assert first["p_best"]["accuracy"] + second["p_best"]["accuracy"] == 1
    assert json_of(store, against="b")["rows"][0]["rank"] is None


def test_json_has_a_comparison_for_each_metric_and_tag_that_is_asked_for(store):
    comparisons = json_of(store, metrics=("macro_f1", "share-of-b"), per_tag=True)["comparisons"]
    told = {(c["metric"], c["tag"]) for c in comparisons if c["question"] == "model"}
    assert told == {("macro_f1", None), ("share-of-b", None), ("f1", "A"), ("f1", "B")}
