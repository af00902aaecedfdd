"""Runs compared: two questions, all pairs, and nothing claimed that was not tested."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from samples import Constant, dataset
from scipy import stats

from seqbench import Corpus, Dataset, hookimpl
from seqbench.comparing import comparison
from seqbench.comparing.comparison import LEARNER, MODEL, with_intervals
from seqbench.comparing.measured import measure
from seqbench.comparing.per_tag import scan
from seqbench.errors import SeqbenchError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.reporting.comparison_report import Question, as_json, comparable, comparison_texts
from seqbench.reporting.table import rendered
from seqbench.reporting.verdict_tables import pairs, scanned, standing
from seqbench.results.model_key import ModelKey
from seqbench.results.rows import read_results
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run

UNITS = 200
WORDS = [["w"] * (3 + i % 5) for i in range(UNITS)]
GOLD = [["A" if (i + j) % 2 else "B" for j in range(len(s))] for i, s in enumerate(WORDS)]


class Wrong:
    """Right but for a share of the tokens, drawn by the seed."""

    def __init__(self, *, share: float = 0.1):
        self.share = share

    def fit(self, train, conditions):
        self.random = np.random.default_rng([conditions.seed, round(1e6 * self.share)])

    def predict(self, sentences):
        return [[("B" if t == "A" else "A") if self.random.random() < self.share else t for t in tags] for tags in GOLD]


class Countable:
    """The share of tokens that are tagged B, which any tagger can move."""

    def __call__(self, outcome):
        return float(np.mean(outcome.predicted == 0))

    def counts(self, outcome):
        right = np.add.reduceat(outcome.predicted == 0, outcome.offsets[:-1])
        return np.stack([right, np.diff(outcome.offsets)], 1)

    def score(self, sums):
        return sums[..., 0] / sums[..., 1]


class Broken(Countable):
    def counts(self, outcome):
        raise ZeroDivisionError("broken on purpose")


class Samples:
    @hookimpl
    def register_taggers(self, register):
        register("wrong", Wrong, "")
        register("constant", Constant, "")

    @hookimpl
    def register_metrics(self, register):
        register("share-of-b", Countable(), "")
        register("plain", lambda outcome: 0.5, "")


def registry_of_samples():
    registry = Registry()
    registry.add(Samples(), "samples")
    return registry


def examined(stores, metrics=("accuracy",)):
    """The results with intervals, and what each dataset says by each metric."""
    runs = comparable(stores, registry_of_samples(), Question(metrics=metrics))
    each = [runs.predictions(dataset) for dataset in runs.listing.datasets]
    results = with_intervals(read_results(runs.listing), each, runs.metrics)
    return results, [measured for predictions in each for measured in runs.measured(predictions)]


def compare(found, against=None):
    return comparison.compare(found, against)


def names_of(found):
    return {key: key.label for key in found.predictions.keys}


def table(found, comparisons):
    return rendered(standing(found, comparisons, names_of(found)), "table")


def store_of(folder, *specs, seeds=1, data=None):
    registry = registry_of_samples()
    corpus = Corpus.encode(WORDS, GOLD)
    data = data or Dataset.of("data", train=corpus, test=corpus)
    store = Store.create(folder)
    run(Plan([data], [resolve(registry, parse(s)) for s in specs], seeds), registry, store, lambda _: None)
    return store


def test_a_clear_difference_is_found_and_the_better_comes_first(tmp_path):
    results, (found,) = examined([store_of(tmp_path / "r", "bad=wrong(share=0.3)", "good=wrong(share=0.1)", seeds=3)])
    of_models, of_learners = compare(found)
    assert (of_models.a.label, of_models.b.label, of_models.question) == ("good", "bad", MODEL)
    means = {results.name(row): row.scores["accuracy"] for row in results.rows}
    assert of_models.difference == pytest.approx(means["good"].mean - means["bad"].mean)
    assert of_models.p < 0.001
    assert of_learners.question == LEARNER
    assert of_learners.p < 0.001
    assert of_learners.superiority == 1.0
    low, high = means["good"].ci95
    assert low < means["good"].mean < high
    (good,) = [line for line in table(found, [of_models, of_learners]).splitlines() if line.startswith("good")]
    assert good.split()[-2:] == ["best", "best"]


def test_equal_models_are_not_told_apart_and_the_detectable_difference_is_said(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "one=wrong(share=0.2)", "two=wrong(share=0.200001)", seeds=2)])
    of_models = compare(found)[0]
    assert of_models.p > 0.05
    assert 0.01 < of_models.detectable < 0.1
    said = table(found, compare(found))
    assert (said.count("leads"), said.count("not told apart from it: ")) == (2, 2)
    assert f"Differences under {100 * of_models.detectable:.2f} points would often be missed." in said


def test_one_seed_answers_the_first_question_only_and_says_so(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)")])
    of_models, of_learners = compare(found)
    assert of_models.p is not None
    assert (of_learners.p, of_learners.ci95, of_learners.superiority) == (None, None, None)
    said = table(found, [of_models, of_learners])
    assert "it takes two or more seeds" in said
    assert said.count("needs seeds") == 2
    assert len(list(pairs(found, [of_models, of_learners], names_of(found)))) == 1


def test_a_deterministic_model_pairs_with_every_seed_of_another(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "constant(tag='A')", "wrong", seeds=3)])
    assert [len(model.ids) for model in found.models] == [1, 3]
    assert all(c.p is not None for c in compare(found))


def test_one_seed_of_a_model_that_has_more_is_not_taken_for_all_of_them(tmp_path):
    one, many = store_of(tmp_path / "one", "first=wrong"), store_of(tmp_path / "many", "second=wrong", seeds=3)
    _, (found,) = examined([one, many])
    assert [len(model.ids) for model in found.models] == [1, 3]
    assert [c.p for c in compare(found) if c.question == LEARNER] == [None]


def test_two_deterministic_models_have_no_luck_of_seeds(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "constant(tag='A')", "b=constant(tag='B')")])
    of_models, of_learners = compare(found)
    assert of_learners.p == pytest.approx(of_models.p, abs=0.05)


def test_holm_is_over_the_pairs_of_one_question(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", *(f"wrong(share={s})" for s in (0.1, 0.12, 0.3)), seeds=2)])
    comparisons = compare(found)
    assert len(comparisons) == 6
    assert all(c.p_adjusted >= c.p for c in comparisons)
    assert len(compare(found, against=found.predictions.keys[0])) == 4
    assert compare(found, against=ModelKey("nowhere", "nobody")) == []


def test_documents_are_resampled_where_they_are_marked(tmp_path):
    corpus = Corpus.encode(WORDS, GOLD)
    marked = Corpus(corpus.sentences, corpus.tags, np.arange(0, UNITS, 5))
    data = Dataset.of("data", train=corpus, test=marked)
    _, (found,) = examined([store_of(tmp_path / "r", "wrong", data=data)])
    assert (found.units.kind, found.counts.units) == ("documents", UNITS / 5)
    assert found.counts.models[0][..., 1].sum() == corpus.tokens


def test_runs_on_different_data_of_one_name_are_refused_with_both_fingerprints(tmp_path):
    stores = [
        store_of(tmp_path / "a", "constant"),
        store_of(tmp_path / "b", "constant(tag='NN')", data=dataset("data")),
    ]
    with pytest.raises(UsageError, match=r"is not the same in these runs: [0-9a-f]{32} and [0-9a-f]{32}"):
        examined(stores)


def test_labels_that_two_runs_share_are_told_apart_by_their_folders(tmp_path):
    stores = [store_of(tmp_path / name, "wrong", f"{name}=constant(tag='A')") for name in ("old", "new")]
    results, (found,) = examined(stores)
    assert [results.name(row) for row in results.rows] == ["old/wrong", "old", "new/wrong", "new"]
    assert set(found.predictions.keys) == {row.key for row in results.rows}


def gate(*folders):
    command = [sys.executable, "-m", "seqbench", "compare", *folders, "--fail-if-worse", "accuracy"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_new_run_that_is_worse_fails_the_gate_and_a_better_or_equal_one_passes(tmp_path):
    for name, share in (("old", 0.1), ("same", 0.1), ("bad", 0.3)):
        store_of(tmp_path / name, f"m=wrong(share={share})", "constant(tag='A')")
    assert gate(tmp_path / "old", tmp_path / "same").returncode == 0
    assert gate(tmp_path / "bad", tmp_path / "old").returncode == 0
    failed = gate(tmp_path / "old", tmp_path / "bad")
    assert failed.returncode == 1
    assert "worse: bad/m than old/m on data by" in failed.stderr
    assert gate(tmp_path / "old").returncode == 2


def test_json_has_every_key_of_a_comparison(tmp_path):
    registry = registry_of_samples()
    runs = comparable([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)")], registry, Question())
    content = json.loads(as_json(runs, registry))
    keys = {"a", "b", "dataset", "metric", "question", "test", "difference", "ci95", "p", "p_adjusted"}
    assert all(keys <= set(c) for c in content["comparisons"])
    assert len(content["comparisons"]) == 2
    assert len(content["rows"][0]["accuracy"]["ci95"]) == 2
    scores = [row["macro_f1"] for row in content["rows"]] + [row["metrics"]["share-of-b"] for row in content["rows"]]
    assert all(low < score["mean"] < high for score in scores for low, high in [score["ci95"]])
    assert content["rows"][0]["metrics"]["plain"]["ci95"] is None


def test_any_metric_that_can_be_recounted_is_compared_and_no_other(tmp_path):
    store = store_of(tmp_path / "r", "constant(tag='B')", "wrong", seeds=2)
    _, (found,) = examined([store], ["share-of-b"])
    first = compare(found)[0]
    assert (first.metric, first.a.label, first.difference) == ("share-of-b", "constant(tag='B')", 1 - found.means[1])
    with pytest.raises(UsageError, match="metric 'plain' cannot be recounted"):
        examined([store], ["plain"])
    with pytest.raises(UsageError, match="no metric is named 'acuracy'. Did you mean 'accuracy'"):
        examined([store], ["acuracy"])


def test_mcnemar_stands_beside_accuracy_and_equals_the_binomial_test(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "wrong(share=0.2)", "wrong(share=0.21)")])
    first = compare(found)[0]
    one, two = (found.right(model) for model in (0, 1))
    only = int((one & ~two).sum()), int((two & ~one).sum())
    exact = stats.binomtest(min(only), sum(only)).pvalue
    assert first.mcnemar == pytest.approx(exact - stats.binom.pmf(min(only), sum(only), 0.5))
    assert compare(examined([Store(tmp_path / "r")], ["macro_f1"])[1][0])[0].mcnemar is None


def test_almost_stochastic_order_takes_five_seeds(tmp_path):
    _, (few,) = examined([store_of(tmp_path / "few", "wrong", "bad=wrong(share=0.3)", seeds=4)])
    _, (enough,) = examined([store_of(tmp_path / "r", "wrong", "constant(tag='A')", seeds=5)])
    assert compare(few)[1].aso is None
    assert compare(enough)[1].aso == 0.0
    assert (
        "0.00"
        in rendered(list(pairs(enough, compare(enough), names_of(enough)))[1], "table").splitlines()[4].split()[-1]
    )


def test_all_are_compared_with_one_if_asked(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", *(f"wrong(share={s})" for s in (0.1, 0.2, 0.3)))])
    middle = found.predictions.keys[1]
    rows = standing(found, compare(found, middle), names_of(found), middle).rows
    assert [row[3] for row in rows] == ["compared with", "better", "worse"]


def test_a_scan_of_tags_prints_raw_and_adjusted_p_and_finds_the_tag_that_differs(tmp_path):
    results, (found,) = examined([store_of(tmp_path / "r", "wrong", "constant(tag='A')")])
    tests = scan(found.predictions)
    assert {test.tag for test in tests} == {"A", "B"}
    assert all(test.p <= test.p_adjusted for test in tests)
    by_tag = {test.tag: test for test in tests}
    of_wrong = {scores.tag: scores.f1 for scores in results.rows[0].trials[0].per_tag}
    assert by_tag["B"].difference == pytest.approx(of_wrong["B"])  # the other never says B
    said = rendered(scanned(found.predictions, tests, names_of(found)), "table")
    assert "p (BH)" in said
    assert "Benjamini-Hochberg over these 2 tests" in said


def test_no_line_of_the_tables_is_wider_than_120_columns(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "constant(tag='A')", "a=wrong(share=0.2)", "b=wrong", seeds=5)])
    comparisons = compare(found)
    names = names_of(found)
    tables = [standing(found, comparisons, names), *pairs(found, comparisons, names)]
    assert max(len(line) for one in tables for line in rendered(one, "table").splitlines()) <= 120


def test_a_metric_that_fails_is_named(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "wrong")])
    with pytest.raises(SeqbenchError, match="metric 'broken' cannot count data: ZeroDivisionError: broken on purpose"):
        measure(found.predictions, "broken", Broken())


def test_several_datasets_at_once_are_told_as_each_alone(tmp_path):
    corpora = [Corpus.encode(WORDS[n:], GOLD[n:]) for n in range(3)]
    datasets = [Dataset.of(f"data-{n}", train=one, test=one) for n, one in enumerate(corpora)]
    registry, store = registry_of_samples(), Store.create(tmp_path / "all")
    models = [resolve(registry, parse(s)) for s in ("constant(tag='A')", "constant(tag='B')")]
    run(Plan(datasets, models), registry, store, lambda _: None)
    together = "\n".join(comparison_texts(comparable([store], registry, Question()), "markdown"))
    for data in datasets:
        alone = Store.create(tmp_path / data.name)
        run(Plan([data], models), registry, alone, lambda _: None)
        said = "\n".join(comparison_texts(comparable([alone], registry, Question()), "markdown"))
        assert f"{data.name}: who is best?" in said
        assert said in together


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


def test_predictions_that_were_changed_stop_a_comparison_before_it_says_a_word(tmp_path):
    store = store_of(tmp_path / "run", "wrong(share=0.1)", "wrong(share=0.3)")
    next((tmp_path / "run").glob("trials/*.npz")).write_bytes(b"")
    with pytest.raises(
        SeqbenchError, match=r"is not the file that 'wrong_share_0\.\d-s0-\w{12}\.json' was written with"
    ):
        comparison_texts(comparable([store], registry_of_samples(), Question()), "table")


def compared(*arguments):
    command = [sys.executable, "-m", "seqbench", "compare", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def two_datasets(folder):
    """One on which all finished, and one on which the first model did not."""
    corpus = Corpus.encode(WORDS, GOLD)
    data = [Dataset.of("all", train=corpus, test=corpus), Dataset.of("some", train=corpus, test=corpus.part(0, 50))]
    models = [resolve(registry_of_samples(), parse(spec)) for spec in ("a=constant(tag='A')", "b=constant(tag='B')")]
    store = Store.create(folder)
    run(Plan(data, models), registry_of_samples(), store, lambda _: None)
    (lost,) = [t for t in store.manifest().trials if t.label == "a" and t.dataset == data[1].fingerprint]
    store.trial_path(lost).unlink()
    return folder


def test_a_model_that_did_not_finish_is_left_out_where_it_did_not_and_that_is_said(tmp_path):
    done = compared(two_datasets(tmp_path / "run"), "--against", "a")
    assert done.returncode == 0
    assert "all: what is better or worse than a?" in done.stdout
    assert "some:" not in done.stdout
    assert done.stderr.startswith("note: a is not compared on some: 1 of 1 seed not finished; not run yet")
    done = compared(tmp_path / "run", "--against", "nobody")
    assert done.returncode == 2
    assert "no finished model is named 'nobody'" in done.stderr


def test_a_model_that_finished_in_the_old_run_only_is_worse_in_the_new_one(tmp_path):
    new = two_datasets(tmp_path / "new")
    old = shutil.copytree(new, tmp_path / "old")
    assert compared(old, new, "--fail-if-worse", "accuracy").returncode == 0
    next(path for path in new.glob("trials/b-*.json")).unlink()
    done = compared(old, new, "--fail-if-worse", "accuracy")
    assert done.returncode == 1
    assert "worse: new/b did not finish on" in done.stderr


def test_one_model_alone_is_no_comparison_and_that_is_said(tmp_path):
    store = store_of(tmp_path / "run", "constant(tag='A')")
    command = [sys.executable, "-m", "seqbench", "compare", str(store.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "nothing to compare: it takes two models that are finished on the same data\n"
