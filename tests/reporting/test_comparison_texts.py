"""A whole comparison as texts: a plain sentence first, all datasets corrected together."""

import json

import pytest
from compared_runs import CORPUS, GOLD, WORDS, registry_to_compare, store_of, two_datasets

from seqbench import Corpus, Dataset
from seqbench.errors import SeqbenchError
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.reporting.comparison_findings import as_json
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.comparison_texts import comparison_texts
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("run"), "wrong", "b=wrong(share=0.3)")


def texts_of(*stores, form="table", **question):
    return comparison_texts(comparable(stores, registry_to_compare(), Question(**question)), form)


def test_a_sentence_says_who_is_best_then_a_table_and_one_for_each_question_has_the_pairs(store):
    sentence, leading, pairs = texts_of(store)  # one seed: the second question has no table
    assert sentence.startswith("data, accuracy: on text like this test set wrong is better than all others; ")
    assert leading.startswith("data: who is best? accuracy in %, 200 sentences resampled")
    assert "data: (a) are these trained models better on text like this test set?" in pairs


def test_pairs_of_more_than_four_models_are_printed_only_if_wanted_and_csv_has_them_all(tmp_path):
    store = store_of(tmp_path / "r", *(f"m{number}=wrong(share={0.1 + number / 50})" for number in range(5)))
    assert not any("(a) are these" in text for text in texts_of(store))
    assert any("(a) are these" in text for text in texts_of(store, pairs=True))
    assert any(text.startswith("dataset,metric,question,ahead,behind") for text in texts_of(store, form="csv"))


def test_each_metric_has_tables_of_its_own_and_tags_come_last(store):
    texts = texts_of(store, metrics=("accuracy", "macro_f1"), per_tag=True, form="csv")
    titles = [text.split("\n")[0].split(",") for text in texts]
    assert [title[3] for title in titles if title[2] == "model"] == ["accuracy", "macro F1"]
    assert titles[-1][:4] == ["dataset", "tag", "ahead", "behind"]


def test_sentences_stand_in_every_format_but_csv(store):
    assert texts_of(store, form="html")[0].startswith("<p>data, accuracy: ")
    assert texts_of(store, form="latex")[0].startswith("% data, accuracy: ")


def test_several_datasets_are_corrected_together(tmp_path):
    corpora = [Corpus.encode(WORDS[n:], GOLD[n:]) for n in range(3)]
    datasets = [Dataset.of(f"data-{n}", train=corpus, test=corpus) for n, corpus in enumerate(corpora)]
    registry, store = registry_to_compare(), Store.create(tmp_path / "all")
    models = [resolve(registry, parse(spec)) for spec in ("constant(tag='A')", "constant(tag='B')")]
    run(Plan(datasets, models), registry, store, lambda _: None)
    together = "\n".join(texts_of(store, form="markdown"))
    assert [f"{data.name}: who is best?" in together for data in datasets] == [True] * 3
    assert "all 3 datasets: mean ranks by accuracy" in together
    comparisons = json.loads(as_json(comparable([store], registry, Question()), registry))["comparisons"]
    least = min(comparisons, key=lambda c: c["p"])
    assert least["p_adjusted"] == pytest.approx(min(1, 2 * 6 * least["p"]))  # two questions, and ranks share the level


def test_a_dataset_on_which_one_model_alone_finished_has_no_table(tmp_path):
    store = Store(two_datasets(tmp_path / "run"))
    titles = [text.splitlines()[0] for text in texts_of(store, against="a")]
    assert any(title.startswith("all: what is better or worse than a?") for title in titles)
    assert not any(title.startswith("some") for title in titles)


def test_predictions_that_were_changed_stop_a_comparison_before_it_says_a_word(tmp_path):
    store = store_of(tmp_path / "run", "wrong(share=0.1)", "wrong(share=0.3)")
    next((tmp_path / "run").glob("trials/*.npz")).write_bytes(b"")
    message = r"is not the file that 'wrong_share_0\.\d~\w{12}-s0-\w{12}\.json' was written with"
    with pytest.raises(SeqbenchError, match=message):
        texts_of(store)


def test_a_metric_of_a_plugin_is_compared_as_one_of_the_core(tmp_path):
    data = Dataset.of("data", train=CORPUS, test=CORPUS)
    texts = texts_of(store_of(tmp_path / "r", "wrong", "constant(tag='B')", data=data), metrics=("share-of-b",))
    assert "data: who is best? share of b in %" in texts[1]
