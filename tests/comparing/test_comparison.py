"""Models compared: two questions, all pairs, and nothing claimed that was not tested."""

from dataclasses import replace

import numpy as np
import pytest
from compared_runs import CORPUS, UNITS, examined, store_of
from scipy import stats

from seqbench import Corpus, Dataset
from seqbench.comparing.comparison import IDENTICAL, LEARNER, MODEL, OPEN, pairs_of
from seqbench.comparing.dataset_comparison import compare
from seqbench.errors import UsageError
from seqbench.results.model_names import ModelKey
from seqbench.results.store import Store


def test_a_clear_difference_is_found_and_the_better_comes_first(tmp_path):
    store = store_of(tmp_path / "r", "bad=wrong(share=0.3)", "good=wrong(share=0.1)", seeds=3)
    results, (measured,) = examined([store])
    of_models, of_learners = compare(measured)
    assert (of_models.a.label, of_models.b.label, of_models.question) == ("good", "bad", MODEL)
    means = {results.name(row): row.scores["accuracy"] for row in results.rows}
    assert of_models.difference == pytest.approx(means["good"].mean - means["bad"].mean)
    assert of_models.p < 0.001
    assert of_learners.question == LEARNER
    assert of_learners.p_adjusted < 0.01
    assert of_learners.superiority == 1.0


def test_equal_models_are_not_told_apart_and_the_detectable_difference_is_told(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "one=wrong(share=0.2)", "two=wrong(share=0.200001)", seeds=2)])
    of_models = compare(measured)[0]
    assert of_models.p > 0.05
    assert 0.01 < of_models.detectable < 0.1


def test_one_seed_answers_the_first_question_only(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)")])
    of_models, of_learners = compare(measured)
    assert of_models.p is not None
    assert (of_learners.p, of_learners.ci95, of_learners.superiority) == (None, None, None)


def test_a_deterministic_model_pairs_with_every_seed_of_another(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "constant(tag='A')", "wrong", seeds=3)])
    assert [len(model.ids) for model in measured.models] == [1, 3]
    assert all(c.p is not None for c in compare(measured))


def test_one_seed_of_a_model_that_has_more_is_not_taken_for_all_of_them(tmp_path):
    one, many = store_of(tmp_path / "one", "first=wrong"), store_of(tmp_path / "many", "second=wrong", seeds=3)
    _, (measured,) = examined([one, many])
    assert [len(model.ids) for model in measured.models] == [1, 3]
    assert [c.p for c in compare(measured) if c.question == LEARNER] == [None]


def test_models_that_predict_the_same_are_identical_and_no_test_is_made_of_it(tmp_path):
    specs = ("one=constant(tag='A')", "two=constant(tag='A')", "wrong(share=0.4)")
    _, (measured,) = examined([store_of(tmp_path / "r", *specs, seeds=3)])
    same = [c for c in compare(measured) if {c.a.label, c.b.label} == {"one", "two"}]
    assert [(c.relation, c.detectable, c.ci95) for c in same] == [(IDENTICAL, None, None)] * 2
    least = min((c for c in compare(measured) if c not in same), key=lambda c: c.p)
    assert least.p_adjusted == pytest.approx(4 * least.p)


def test_one_seed_with_the_same_tags_says_nothing_of_how_models_learn(tmp_path):
    specs = ("one=wrong(share=0.0)", "two=wrong(share=0.0)", "constant(tag='A')")
    _, (measured,) = examined([store_of(tmp_path / "r", *specs)])
    same = [c for c in compare(measured) if {c.a.label, c.b.label} == {"one", "two"}]
    assert [(c.question, c.relation, bool(c.why)) for c in same] == [(MODEL, IDENTICAL, False), (LEARNER, OPEN, True)]


def marked(documents):
    starts = np.arange(0, UNITS, UNITS // documents)[:documents]
    return Dataset.of("data", train=CORPUS, test=Corpus(CORPUS.sentences, CORPUS.tags, starts))


def test_under_six_documents_nothing_is_decided_and_that_is_said(tmp_path):
    store = store_of(tmp_path / "r", "good=wrong(share=0.01)", "bad=wrong(share=0.4)", seeds=2, data=marked(5))
    results, (measured,) = examined([store])
    for c in compare(measured):
        assert (c.p, c.relation) == (None, OPEN)
        assert c.why.startswith("5 documents are too few to decide anything by document: it takes 6 documents")
    assert results.rows[0].scores["accuracy"].ci95 is None


def test_six_documents_decide_by_the_exact_test_but_not_for_many_models(tmp_path):
    shares = (0.01, 0.4, 0.41)
    specs = [f"m{number}=wrong(share={share})" for number, share in enumerate(shares)]
    _, (measured,) = examined([store_of(tmp_path / "two", *specs[:2], data=marked(6))])
    assert compare(measured)[0].p == pytest.approx(2 / 2**6, abs=0.005)
    _, (measured,) = examined([store_of(tmp_path / "three", *specs, data=marked(6))])
    of_models = [c for c in compare(measured) if c.question == MODEL]
    assert {c.relation for c in of_models} == {OPEN}
    assert "so few units with different answers give no p under 0.031" in of_models[0].why


def test_a_model_far_below_many_others_is_told_apart(tmp_path):
    """Of 33 models one is at 55 %: 528 pairs under two questions ask for a smaller p than 10,000 draws can give."""
    specs = [f"m{number}=wrong(share={0.05 + number / 1e5})" for number in range(32)]
    _, (measured,) = examined([store_of(tmp_path / "r", "bad=wrong(share=0.45)", *specs)])
    below = [c for c in compare(measured) if c.b.label == "bad" and c.question == MODEL]
    assert len(below) == 32
    assert all(c.p_adjusted < 0.001 for c in below)


def test_two_deterministic_models_have_no_luck_of_seeds(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "constant(tag='A')", "b=constant(tag='B')")])
    of_models, of_learners = compare(measured)
    assert of_learners.p == pytest.approx(of_models.p, abs=0.05)


def test_holm_is_over_the_pairs_of_both_questions(tmp_path):
    specs = [f"wrong(share={share})" for share in (0.1, 0.12, 0.3)]
    _, (measured,) = examined([store_of(tmp_path / "r", *specs, seeds=2)])
    comparisons = compare(measured)
    assert len(comparisons) == 6
    assert all(c.p_adjusted >= c.p for c in comparisons)
    least = min(comparisons, key=lambda c: c.p)
    assert least.p_adjusted == pytest.approx(6 * least.p)
    assert len(compare(measured, against=measured.predictions.keys[0])) == 4
    assert compare(measured, against=ModelKey("nowhere", "nobody")) == []


def test_pairs_name_the_better_model_first_or_are_those_with_one_model(tmp_path):
    specs = [f"{label}=wrong(share={share})" for label, share in (("bad", 0.4), ("good", 0.05), ("middle", 0.2))]
    _, (measured,) = examined([store_of(tmp_path / "r", *specs)])
    assert pairs_of(measured) == [(1, 0), (2, 0), (1, 2)]
    assert pairs_of(measured, measured.predictions.keys[2]) == [(2, 0), (1, 2)]


def test_labels_that_two_runs_share_are_told_apart_by_their_folders(tmp_path):
    stores = [store_of(tmp_path / name, "wrong", f"{name}=constant(tag='A')") for name in ("old", "new")]
    results, (measured,) = examined(stores)
    assert [results.name(row) for row in results.rows] == ["old/wrong", "old", "new/wrong", "new"]
    assert set(measured.predictions.keys) == {row.key for row in results.rows}


def test_any_metric_that_can_be_recounted_is_compared_and_no_other(tmp_path):
    store = store_of(tmp_path / "r", "constant(tag='B')", "wrong", seeds=2)
    _, (measured,) = examined([store], ["share-of-b"])
    first = compare(measured)[0]
    assert (first.metric, first.a.label, first.difference) == ("share-of-b", "constant(tag='B')", 1 - measured.means[1])
    with pytest.raises(UsageError, match="metric 'plain' cannot be recounted"):
        examined([store], ["plain"])
    with pytest.raises(UsageError, match="no metric is named 'acuracy'. Did you mean 'accuracy'"):
        examined([store], ["acuracy"])


def test_mcnemar_stands_beside_accuracy_and_equals_the_binomial_test(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong(share=0.2)", "wrong(share=0.21)")])
    first = compare(measured)[0]
    one, two = (measured.right(model) for model in (0, 1))
    only = int((one & ~two).sum()), int((two & ~one).sum())
    exact = stats.binomtest(min(only), sum(only)).pvalue
    assert first.mcnemar == pytest.approx(exact - stats.binom.pmf(min(only), sum(only), 0.5))
    assert compare(examined([Store(tmp_path / "r")], ["macro_f1"])[1][0])[0].mcnemar is None


def test_almost_stochastic_order_takes_five_seeds(tmp_path):
    _, (few,) = examined([store_of(tmp_path / "few", "wrong", "bad=wrong(share=0.3)", seeds=4)])
    _, (enough,) = examined([store_of(tmp_path / "r", "wrong", "constant(tag='A')", seeds=5)])
    assert compare(few)[1].aso is None
    assert compare(enough)[1].aso == 0.0


def test_a_run_whose_ids_have_more_bytes_than_they_need_is_compared_the_same(tmp_path):
    stores = [store_of(tmp_path / name, "wrong(share=0.1)", "wrong(share=0.3)", seeds=2) for name in ("new", "old")]
    for record in list(stores[1].finished_trials()):
        arrays = stores[1].trial_arrays(record)
        assert arrays["predicted"].dtype == np.uint8
        stores[1].write_trial(record, {**arrays, "predicted": arrays["predicted"].astype(np.int32)})
    (new,), (old,) = (examined([store])[1] for store in stores)
    assert [without_run(c) for c in compare(new)] == [without_run(c) for c in compare(old)]


def without_run(c):
    return replace(c, a=c.a.label, b=c.b.label)
