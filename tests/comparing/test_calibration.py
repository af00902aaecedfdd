"""Calibration: against scikit-learn and brute force, and through a run as users see it."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import log_loss

from seqbench import Corpus
from seqbench.cli import program
from seqbench.comparing.statistics import calibration_scores
from seqbench.errors import PredictionError, UsageError
from seqbench.running.confidence import certainty

TAGS = 4


@st.composite
def answers(draw):
    """Probabilities (tokens, tags), gold and predicted ids."""
    tokens = draw(st.integers(2, 40))
    random = np.random.default_rng(draw(st.integers(0, 999)))
    given = random.dirichlet(np.full(TAGS, 0.4), tokens).astype(np.float32)
    return given, random.integers(0, TAGS, tokens), given.argmax(1)


class Sure:
    """Gives these probabilities to the tokens of a corpus, sentence by sentence."""

    def __init__(self, given):
        self.given = given
        self.asked = []

    def predict_proba(self, sentences):
        start = sum(self.asked)
        self.asked.append(len(sentences.ids))
        return self.given[start : start + len(sentences.ids)]


def test_set(gold, lengths):
    ends = np.cumsum([0, *lengths])
    tags = [[str(tag) for tag in gold[a:b]] for a, b in pairwise(ends)]
    train = Corpus.encode([["a"] * TAGS], [[str(tag) for tag in range(TAGS)]])
    return Corpus.encode([["a"] * length for length in lengths], tags).extend(train)


test_set.__test__ = False


@given(answers())
@settings(max_examples=60, deadline=None)
def test_scores_equal_scikit_learn_and_the_definitions(drawn):
    given, gold, predicted = drawn
    rows = np.arange(len(given))
    sure, of_gold, squares = certainty(Sure(given), test_set(gold, [len(gold)]), predicted, TAGS).astype(float)
    assert sure == pytest.approx(given.max(1))
    clipped = np.maximum(given.astype(float), calibration_scores.LEAST)
    expected = log_loss(gold, clipped / clipped.sum(1, keepdims=True), labels=range(TAGS))
    assert calibration_scores.log_loss(of_gold) == pytest.approx(expected, abs=1e-5)
    target = np.zeros_like(given)
    target[rows, gold] = 1
    assert calibration_scores.brier(of_gold, squares) == pytest.approx(
        np.mean(((given - target) ** 2).sum(1)), abs=1e-5
    )
    right = predicted == gold
    brute = sum(
        len(inside) / len(sure) * abs(sure[inside].mean() - right[inside].mean())
        for low in np.arange(10) / 10
        if len(inside := np.flatnonzero((sure > low) & (sure <= low + 0.1 + 1e-12)))
    )
    assert calibration_scores.reliability(sure, right, 10).error == pytest.approx(brute, abs=1e-9)


@given(answers(), st.floats(0.05, 1))
@settings(max_examples=60, deadline=None)
def test_accuracy_on_the_surest_is_that_of_the_sorted_tokens(drawn, coverage):
    given, gold, predicted = drawn
    sure, right = given.max(1).astype(float), predicted == gold
    kept = max(1, round(coverage * len(sure)))
    expected = right[np.argsort(-sure, kind="stable")[:kept]].mean()
    assert calibration_scores.accuracy_at(sure, right, coverage) == pytest.approx(expected)


def test_equally_sure_tokens_count_by_their_mean():
    sure, right = np.array([0.9, 0.5, 0.5, 0.5]), np.array([True, True, False, False])
    assert calibration_scores.accuracy_at(sure, right, 0.5) == pytest.approx((1 + 1 / 3) / 2)


def test_bins_of_equal_mass_hold_as_many_tokens():
    random = np.random.default_rng(0)
    found = calibration_scores.reliability(random.random(1000) ** 3, random.random(1000) < 0.5, 10, equal_mass=True)
    assert found.tokens.tolist() == [100] * 10


def test_a_perfectly_calibrated_model_has_little_error_and_an_overconfident_one_much():
    random = np.random.default_rng(0)
    sure = random.uniform(0.5, 1, 20_000)
    right = random.random(20_000) < sure
    assert calibration_scores.reliability(sure, right).error < 0.015
    assert calibration_scores.reliability(np.full(20_000, 0.99), right).error == pytest.approx(0.99 - right.mean())


def test_a_gold_tag_that_train_does_not_have_is_impossible():
    test = test_set(np.array([0, 7]), [2])
    _, of_gold, _ = certainty(Sure(np.full((2, TAGS), 0.25, np.float32)), test, np.array([0, 0]), TAGS)
    assert of_gold.tolist() == [0.25, 0]


def test_long_test_sets_are_asked_for_in_whole_sentences(monkeypatch):
    monkeypatch.setattr("seqbench.running.confidence._TOKENS_AT_ONCE", 5)
    lengths = [3, 2, 4, 7, 1]
    random = np.random.default_rng(0)
    given, gold = random.dirichlet(np.ones(TAGS), 17).astype(np.float32), random.integers(0, TAGS, 17)
    tagger = Sure(given)
    found = certainty(tagger, test_set(gold, lengths), given.argmax(1), TAGS)
    assert tagger.asked == [5, 4, 7, 1]
    assert found[1] == pytest.approx(given[np.arange(17), gold])


@pytest.mark.parametrize("given", [np.ones((2, 3)), np.full((2, TAGS), 0.5), np.full((2, TAGS), np.nan)])
def test_what_are_no_probabilities_is_refused(given):
    with pytest.raises(PredictionError, match="predict_proba gave"):
        certainty(Sure(given), test_set(np.array([0, 1]), [2]), np.array([0, 0]), TAGS)


PLUGIN = """
import numpy as np
from seqbench import Deterministic, hookimpl

class First(Deterministic):
    def fit(self, train, conditions):
        self.tags = list(train.tags.vocabulary)

    def predict(self, sentences):
        return [[self.tags[0]] * len(words) for words in sentences]

class Sure(First):
    def predict_proba(self, sentences):
        given = np.full((len(sentences.ids), len(self.tags)), 0.2 / (len(self.tags) - 1), np.float32)
        given[:, 0] = 0.8
        return given

class Wrong(First):
    def predict_proba(self, sentences):
        raise RuntimeError("do not ask")

@hookimpl
def register_taggers(register):
    register("sure", Sure, "always as sure")
    register("wrong", Wrong, "cannot say")
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibration")
    (folder / "sure.py").write_text(PLUGIN)
    (folder / "data.tsv").write_text("a\tX\nb\tX\nc\tX\nd\tY\n\n" * 20)
    data = ["--data", folder / "data.tsv", "--out", folder / "run", "-q", "--plugin", folder / "sure.py"]
    assert call("run", *data, "--models", "baseline,sure,wrong") == 0
    return folder / "run"


def call(*arguments):
    return program.main([str(argument) for argument in arguments], standalone_mode=False)


def test_a_run_keeps_what_calibration_takes_also_through_workers(finished, capsys):
    call("calibration", finished, "--format", "json")
    (found,) = json.loads(capsys.readouterr().out)["models"]
    assert (found["model"], found["accuracy"]) == ("sure", 0.75)
    assert found["calibration_error"] == pytest.approx(0.05, abs=1e-6)
    assert found["log_loss"] == pytest.approx(-(0.75 * np.log(0.8) + 0.25 * np.log(0.2)), abs=1e-6)
    assert found["brier"] == pytest.approx(0.75 * 2 * 0.2**2 + 0.25 * 2 * 0.8**2, abs=1e-6)


def test_tables_state_the_binning_and_who_gave_no_probabilities(finished, capsys):
    call("calibration", finished, "--reliability", "sure", "--bins", "10", "--binning", "mass")
    out, err = capsys.readouterr()
    assert "10 bins of about equally many tokens (Guo et al. 2017)" in out
    assert "reliability of sure" in out
    assert "baseline on data gave no probabilities" in err


def test_probabilities_that_fail_cost_a_note_and_no_trial(finished, capsys):
    call("show", finished)
    assert "wrong: its probabilities are not stored: RuntimeError: do not ask" in capsys.readouterr().out


def test_a_run_without_probabilities_says_so(finished, tmp_path):
    data = finished.parent / "data.tsv"
    call("run", "--data", data, "--models", "baseline", "--out", tmp_path / "r", "-q", "--format", "csv")
    with pytest.raises(UsageError, match="no finished model of these runs gave probabilities"):
        call("calibration", tmp_path / "r")
