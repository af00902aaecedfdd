"""The gate for releases: a model of a new run that is worse than the one of its label in the old run."""

import numpy as np
import pytest
from compared_runs import CORPUS, GOLD, UNITS, store_of, two_datasets
from runs import registry_of, run_of
from samples import ShareOfFirst

from seqbench import Corpus, Dataset
from seqbench.comparing.gate import MISSING, PASSED, UNDECIDED, WORSE, Gate
from seqbench.comparing.unit_counts import measure
from seqbench.results.listing import list_runs
from seqbench.results.store import Store
from seqbench.scoring.metrics_from_counts import TagF1, TokenAccuracy


class Lost:
    """Right but for the first token of so many sentences."""

    def __init__(self, *, sentences: int = 0):
        self.sentences = sentences

    def fit(self, train, conditions):
        pass

    def predict(self, sentences):
        return [
            ["B" if tags[0] == "A" else "A", *tags[1:]] if number < self.sentences else tags
            for number, tags in enumerate(GOLD)
        ]


def losing(tmp_path, old, new):
    """The gate of a model that has lost the first token of so many sentences before and now."""
    data = Dataset.of("data", train=CORPUS, test=CORPUS)
    stores = [run_of(tmp_path / name, registry_of(lost=Lost), f"m=lost(sentences={sentences})", data=data)
              for name, sentences in (("old", old), ("new", new))]  # fmt: skip
    return gated(*stores)


def gated(old, new, name="accuracy", metric=None):
    metric = metric or TokenAccuracy()
    return Gate(list_runs([old, new]), old, new, name, lambda _, p: measure(p, name, metric)).result()


def statuses(result):
    return [(case.label, case.status) for case in result.cases]


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    shares = {"old": 0.1, "same": 0.1, "bad": 0.3}
    return {name: store_of(folder / name, f"m=wrong(share={s})", "constant(tag='A')") for name, s in shares.items()}


def test_an_equal_and_a_better_run_pass(stores):
    assert gated(stores["old"], stores["same"]).passed
    better = gated(stores["bad"], stores["old"])
    assert better.passed
    assert better.cases[0].why.startswith("better by ")


def test_a_run_with_a_model_that_is_worse_fails_and_the_two_models_are_named(stores):
    result = gated(stores["old"], stores["bad"])
    assert not result.passed
    (worse,) = result.failed
    assert (worse.label, worse.status) == ("m", WORSE)
    assert (worse.comparison.a.run, worse.comparison.b.run) == tuple(
        str(stores[name].folder) for name in ("old", "bad")
    )
    assert worse.comparison.p_adjusted < 0.00005
    assert worse.why.endswith(" points of accuracy (p < 0.0001)")


def test_a_small_p_is_not_said_to_be_zero(stores):
    [case] = [case for case in gated(stores["old"], stores["bad"]).cases if case.status == WORSE]
    assert case.comparison.p_adjusted < 0.0001
    assert "(p < 0.0001)" in case.why


def test_only_the_old_and_the_new_model_of_a_label_are_tested_however_many_models_there_are(tmp_path):
    """A loss of a few points is found beside sixteen models that did not change."""
    shares = {f"m{number}": 0.05 + number / 100 for number in range(16)}
    old = store_of(tmp_path / "old", "lost=wrong(share=0.1)", *(f"{n}=wrong(share={s})" for n, s in shares.items()))
    new = store_of(tmp_path / "new", "lost=wrong(share=0.18)", *(f"{n}=wrong(share={s})" for n, s in shares.items()))
    result = gated(old, new)
    assert [case.label for case in result.failed] == ["lost"]
    assert len(result.cases) == 17


def test_a_model_of_the_old_run_that_the_new_one_lacks_fails_and_a_new_label_is_named(tmp_path):
    old, new = store_of(tmp_path / "old", "gone=wrong(share=0.01)"), store_of(tmp_path / "new", "new=wrong(share=0.4)")
    result = gated(old, new)
    assert statuses(result) == [("gone", MISSING)]
    assert (result.passed, result.added) == (False, ["new"])


def test_a_model_that_finished_in_the_old_run_only_fails(tmp_path):
    old, new = (Store(two_datasets(tmp_path / name)) for name in ("old", "new"))
    assert gated(old, new).passed
    next((tmp_path / "new").glob("trials/b-*.json")).unlink()
    (failed,) = gated(old, new).failed
    assert (failed.label, failed.status, failed.why) == ("b", MISSING, "did not finish in the new run")


def test_a_metric_that_does_not_apply_to_one_of_the_models_fails(stores):
    class Silent(ShareOfFirst):
        def counts(self, outcome):
            return None if len(set(outcome.predicted.tolist())) == 1 else super().counts(outcome)

    result = gated(stores["old"], stores["same"], "silent", Silent())
    assert statuses(result) == [("m", PASSED), ("constant(tag='A')", UNDECIDED)]
    assert result.cases[1].why == "silent does not apply to the old or the new model"
    assert not result.passed


def test_any_metric_is_tested_also_one_whose_score_has_no_interval(stores):
    result = gated(stores["old"], stores["bad"], "macro_f1", TagF1())
    assert [case.label for case in result.failed] == ["m"]


def test_a_question_that_cannot_be_asked_fails_and_says_why(tmp_path):
    test = Corpus(CORPUS.sentences, CORPUS.tags, np.array([0, UNITS // 2]))
    data = Dataset.of("data", train=CORPUS, test=test)
    old, new = (store_of(tmp_path / n, f"m=wrong(share={s})", data=data) for n, s in (("old", 0.1), ("new", 0.4)))
    (failed,) = gated(old, new).failed
    assert failed.status == UNDECIDED
    assert failed.why.startswith("2 documents are too few")


@pytest.mark.parametrize(("lost", "status"), [(0, PASSED), (1, PASSED), (5, PASSED), (6, WORSE)])
def test_so_few_lost_sentences_that_no_p_is_small_enough_pass_and_that_is_said(tmp_path, lost, status):
    result = losing(tmp_path, 0, lost)
    assert statuses(result) == [("m", status)]
    if 0 < lost < 6:
        why = "not shown to be worse: so few units with different answers give no p under"
        assert result.cases[0].why.startswith(why)
    if status == WORSE:
        assert result.cases[0].why == "by 0.60 points of accuracy (p = 0.0312)"


def test_a_gain_in_few_sentences_passes_and_claims_nothing(tmp_path):
    (case,) = losing(tmp_path, 5, 0).cases
    assert (case.status, case.why) == (PASSED, "not shown to be worse")


@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 0), (0, 30), (30, 0), (0, 0)])
def test_the_change_is_that_from_the_old_to_the_new_model_whatever_is_said(tmp_path, old, new):
    (case,) = losing(tmp_path, old, new).cases
    assert case.change == pytest.approx((old - new) / sum(map(len, GOLD)))


def test_a_run_without_a_finished_model_does_not_pass(tmp_path):
    old, new = (store_of(tmp_path / name, "wrong") for name in ("old", "new"))
    next((tmp_path / "old").glob("trials/*.json")).unlink()
    assert not gated(old, new).passed
