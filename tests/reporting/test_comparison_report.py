"""A whole comparison of runs: the JSON of it, and tables that tell several datasets as each alone."""

import json

import pytest
from compared_runs import CORPUS, GOLD, WORDS, examined, registry_to_compare, store_of, two_datasets
from samples import dataset

from seqbench import Corpus, Dataset
from seqbench.errors import SeqbenchError, UsageError
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.reporting.comparison_report import Question, as_json, comparable, comparison_texts
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("run"), "wrong", "b=wrong(share=0.3)")


def comparable_runs(*stores, **question):
    return comparable(stores, registry_to_compare(), Question(**question))


def texts_of(*stores, form="table", **question):
    return comparison_texts(comparable_runs(*stores, **question), form)


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


def test_a_table_says_who_is_best_and_one_for_each_question_has_the_pairs(store):
    leading, pairs = texts_of(store)  # one seed: the second question has no table
    assert leading.startswith("data: who is best? accuracy in %, 200 sentences resampled")
    assert "data: (a) are these trained models better on text like this test set?" in pairs


def test_each_metric_has_tables_of_its_own_and_tags_come_last(store):
    texts = texts_of(store, metrics=("accuracy", "macro_f1"), per_tag=True, form="csv")
    assert [text.split(",")[1] for text in texts if text.startswith("model")] == ["accuracy", "macro F1"]
    assert texts[-1].startswith("tag,better,than")


def test_several_datasets_at_once_are_told_as_each_alone(tmp_path):
    corpora = [Corpus.encode(WORDS[n:], GOLD[n:]) for n in range(3)]
    datasets = [Dataset.of(f"data-{n}", train=corpus, test=corpus) for n, corpus in enumerate(corpora)]
    registry, store = registry_to_compare(), Store.create(tmp_path / "all")
    models = [resolve(registry, parse(spec)) for spec in ("constant(tag='A')", "constant(tag='B')")]
    run(Plan(datasets, models), registry, store, lambda _: None)
    together = "\n".join(texts_of(store, form="markdown"))
    for data in datasets:
        alone = Store.create(tmp_path / data.name)
        run(Plan([data], models), registry, alone, lambda _: None)
        said = "\n".join(texts_of(alone, form="markdown"))
        assert f"{data.name}: who is best?" in said
        assert said in together
    assert "all 3 datasets: mean ranks by accuracy" in together


def test_a_dataset_on_which_one_model_alone_finished_has_no_table(tmp_path):
    store = Store(two_datasets(tmp_path / "run"))
    titles = [text.splitlines()[0] for text in texts_of(store, against="a")]
    assert any(title.startswith("all: what is better or worse than a?") for title in titles)
    assert not any(title.startswith("some:") for title in titles)


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


def test_predictions_that_were_changed_stop_a_comparison_before_it_says_a_word(tmp_path):
    store = store_of(tmp_path / "run", "wrong(share=0.1)", "wrong(share=0.3)")
    next((tmp_path / "run").glob("trials/*.npz")).write_bytes(b"")
    message = r"is not the file that 'wrong_share_0\.\d-s0-\w{12}\.json' was written with"
    with pytest.raises(SeqbenchError, match=message):
        texts_of(store)


def test_a_metric_of_a_plugin_is_compared_as_one_of_the_core(tmp_path):
    data = Dataset.of("data", train=CORPUS, test=CORPUS)
    (leading, _) = texts_of(store_of(tmp_path / "r", "wrong", "constant(tag='B')", data=data), metrics=("share-of-b",))
    assert "data: who is best? share of b in %" in leading
