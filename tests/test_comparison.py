"""Runs compared: two questions, all pairs, and nothing claimed that was not tested."""

import json
import subprocess
import sys

import numpy as np
import pytest
from samples import Constant, dataset

from seqbench import Corpus, Dataset, hookimpl
from seqbench.cli.compare import as_json, examined
from seqbench.comparison import LEARNER, MODEL, compare
from seqbench.errors import UsageError
from seqbench.models import resolve
from seqbench.registry import Registry
from seqbench.runner import Plan, run
from seqbench.spec import parse
from seqbench.store import Store
from seqbench.tables import text
from seqbench.verdict import table

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


class Samples:
    @hookimpl
    def register_taggers(self, register):
        register("wrong", Wrong, "")
        register("constant", Constant, "")


def store_of(folder, *specs, seeds=1, data=None):
    registry = Registry()
    registry.add(Samples(), "samples")
    corpus = Corpus.encode(WORDS, GOLD)
    data = data or Dataset.of("data", train=corpus, test=corpus)
    store = Store.create(folder)
    run(Plan([data], [resolve(registry, parse(s)) for s in specs], seeds), registry, store, lambda _: None)
    return store


def test_a_clear_difference_is_found_and_the_better_comes_first(tmp_path):
    results, (found,) = examined([store_of(tmp_path / "r", "bad=wrong(share=0.3)", "good=wrong(share=0.1)", seeds=3)])
    of_models, of_learners = compare(found)
    assert (of_models.a, of_models.b, of_models.question) == ("good", "bad", MODEL)
    means = {row.model: row.scores["accuracy"] for row in results.rows}
    assert of_models.difference == pytest.approx(means["good"].mean - means["bad"].mean)
    assert of_models.p < 0.001
    assert of_learners.question == LEARNER
    assert of_learners.p < 0.001
    assert of_learners.superiority == 1.0
    low, high = means["good"].ci95
    assert low < means["good"].mean < high
    note = text(table(found, [of_models, of_learners]), "table")
    assert note.count("good is better than every other.") == 2


def test_equal_models_are_not_told_apart_and_the_detectable_difference_is_said(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "one=wrong(share=0.2)", "two=wrong(share=0.200001)", seeds=2)])
    comparison = compare(found)[0]
    assert comparison.p > 0.05
    assert 0.01 < comparison.detectable < 0.1
    assert "is not shown to be better than" in text(table(found, compare(found)), "table")


def test_one_seed_answers_the_first_question_only_and_says_so(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)")])
    of_models, of_learners = compare(found)
    assert of_models.p is not None
    assert (of_learners.p, of_learners.ci95, of_learners.superiority) == (None, None, None)
    assert "it takes two or more seeds" in text(table(found, [of_models, of_learners]), "table")


def test_a_deterministic_model_pairs_with_every_seed_of_another(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", "constant(tag='A')", "wrong", seeds=3)])
    assert [right.shape[0] for right in found.right] == [1, 3]
    assert all(c.p is not None for c in compare(found))


def test_holm_is_over_the_pairs_of_one_question(tmp_path):
    _, (found,) = examined([store_of(tmp_path / "r", *(f"wrong(share={s})" for s in (0.1, 0.12, 0.3)), seeds=2)])
    comparisons = compare(found)
    assert len(comparisons) == 6
    assert all(c.p_adjusted >= c.p for c in comparisons)
    assert len(compare(found, against="wrong(share=0.1)")) == 4
    with pytest.raises(UsageError, match="no finished model is named 'nobody'"):
        compare(found, against="nobody")


def test_documents_are_resampled_where_they_are_marked(tmp_path):
    corpus = Corpus.encode(WORDS, GOLD)
    marked = Corpus(corpus.sentences, corpus.tags, np.arange(0, UNITS, 5))
    data = Dataset.of("data", train=corpus, test=marked)
    _, (found,) = examined([store_of(tmp_path / "r", "wrong", data=data)])
    assert (found.units, len(found.tokens)) == ("documents", UNITS / 5)
    assert found.tokens.sum() == corpus.tokens


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
    assert [row.model for row in results.rows] == ["old/wrong", "old", "new/wrong", "new"]
    assert set(found.labels) == {row.model for row in results.rows}


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
    assert "worse: bad/m than old/m on data by" in failed.stdout
    assert gate(tmp_path / "old").returncode == 2


def test_json_has_every_key_of_a_comparison(tmp_path):
    content = json.loads(as_json(*examined([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)")])))
    keys = {"a", "b", "dataset", "metric", "question", "test", "difference", "ci95", "p", "p_adjusted"}
    assert all(keys <= set(c) for c in content["comparisons"])
    assert len(content["comparisons"]) == 2
    assert len(content["rows"][0]["accuracy"]["ci95"]) == 2
