"""One trial: what a tagger gets to see, what is kept of it, and how it fails."""

import random
import sys
from dataclasses import dataclass

import numpy as np
import pytest
from runs import plan_of, registry_of
from samples import Constant, Seeded, dataset

from seqbench import Dataset, Sequences
from seqbench.contracts.trial import Selection, TrialResult
from seqbench.running.plan import requests
from seqbench.running.resources import Stopwatch
from seqbench.running.trial import Recorder, perform


def performed(thing, seed=0, heard=None, **conditions) -> TrialResult:
    """The result of one trial of a tagger."""
    registry = registry_of(thing=thing)
    request = list(requests(plan_of(registry, "thing", seeds=seed + 1, **conditions)))[-1]
    return perform(request, dataset(), registry, (heard if heard is not None else []).append)


class Drawing:
    """Draws from the global generators, which are seeded before each fit."""

    def fit(self, train, conditions):
        conditions.report(epoch=1, loss=random.random(), dev_accuracy=np.random.random())

    def predict(self, sentences):
        return [["NN"] * len(sentence) for sentence in sentences]


def test_global_generators_are_seeded_before_each_fit():
    first, again, other = (performed(Drawing, seed).curve for seed in (0, 0, 1))
    assert first == again
    assert first[0]["loss"] != other[0]["loss"]
    assert first[0]["dev_accuracy"] != other[0]["dev_accuracy"]


def test_the_test_set_reaches_a_tagger_only_as_words_in_predict():
    seen = {}

    class Curious(Constant):
        def fit(self, train, conditions):
            seen["fit"] = set(train.sentences.vocabulary) | set(train.tags.vocabulary)
            seen["dev"] = conditions.dev

        def predict(self, sentences):
            seen["predict"] = sentences
            return super().predict(sentences)

    assert performed(Curious).failure is None
    assert "cat" not in seen["fit"]
    assert seen["dev"] is None
    assert isinstance(seen["predict"], Sequences)
    assert not seen["predict"].ids.flags.writeable


def test_a_tagger_is_told_its_conditions():
    seen = {}

    class Told(Drawing):
        def warm_up(self, conditions):
            seen["warm"] = conditions.seed

        def fit(self, train, conditions):
            seen["fit"] = (conditions.device, conditions.seed, conditions.threads, conditions.budget)

    assert performed(Told, 3, threads=2, budget=60.0).failure is None
    assert seen == {"warm": 3, "fit": ("cpu", 3, 2, 60.0)}


def test_rates_count_what_was_reported_without_the_time_of_dev():
    class Timed(Constant):
        def fit(self, train, conditions):
            conditions.report(epoch=1, tokens=1000, loss=1.0, dev_accuracy=0.5, dev_seconds=-1.0)

    timings = performed(Timed).timings
    assert timings["train_tokens_per_second"] == pytest.approx(1000 / (timings["fit_seconds"] + 1))


def test_without_a_report_training_has_passed_the_corpus_once():
    class Slow(Constant):
        def fit(self, train, conditions):
            sum(range(200_000))

    timings = performed(Slow).timings
    assert timings["train_tokens_per_second"] == pytest.approx(dataset().train.tokens / timings["fit_seconds"])


def test_what_is_no_number_is_left_out_of_the_curve_and_costs_no_trial():
    class Odd(Constant):
        def fit(self, train, conditions):
            conditions.report(epoch=np.int64(1), loss=float("nan"), dev_accuracy=np.float32(0.5), tokens="many")

    result = performed(Odd)
    assert result.failure is None
    assert list(result.curve) == [{"epoch": 1, "dev_accuracy": 0.5}]


def test_what_is_reported_is_passed_on_step_by_step():
    heard = []
    result = performed(Seeded, heard=heard)
    assert (
        heard
        == list(result.curve)
        == [
            {"epoch": 1, "tokens": 12, "loss": 1.0},
            {"epoch": 2, "tokens": 12, "loss": 0.5},
        ]
    )


def test_a_tagger_that_prints_does_not_disturb_the_results(capsys):
    class Loud(Constant):
        def fit(self, train, conditions):
            print("hello")

    performed(Loud)
    assert capsys.readouterr() == ("", "hello\n")


def test_what_a_tagger_has_to_say_and_how_large_it_is_are_kept():
    class Large(Constant):
        notes = ("read a file", 3)
        parameters = 17

    result = performed(Large)
    assert (result.notes, result.timings["parameters"]) == (("read a file", "3"), 17)
    assert performed(Constant).timings["parameters"] is None


def test_probabilities_that_fail_cost_a_note_and_no_trial():
    class Unsure(Constant):
        def predict_proba(self, sentences):
            raise RuntimeError("do not ask")

    result = performed(Unsure)
    assert (result.failure, result.certainty) == (None, None)
    assert result.notes[0].startswith("its probabilities are not stored: RuntimeError: do not ask")


class Leaving(Constant):
    def fit(self, train, conditions):
        sys.exit(3)


class Dropping(Constant):
    def predict(self, sentences):
        return super().predict(sentences)[:-1]


@dataclass(kw_only=True)
class Fussy(Constant):
    length: int = 3

    def __post_init__(self):
        raise RuntimeError("not built")


@pytest.mark.parametrize(
    ("thing", "why"),
    [
        (Leaving, "SystemExit: 3"),
        (Dropping, "predict gave 1 sentences for all sentences, expected 2"),
        (Fussy, "RuntimeError: not built"),
        ("no_such_package:Tagger", "No module named 'no_such_package'"),
    ],
)
def test_whatever_goes_wrong_is_a_failure_that_names_the_plugin(thing, why):
    failure = performed(thing).failure
    assert failure.plugin == "samples"
    assert why in failure.error
    assert failure.traceback.startswith("Traceback")


def test_a_recorder_asks_to_stop_when_the_run_does_or_the_budget_is_used_up():
    assert Recorder(lambda step: True)(epoch=1) is True
    assert Recorder(lambda step: None)(epoch=1) is False
    with Stopwatch() as watch:
        assert Recorder(lambda step: None, budget=0.0, watch=watch)(epoch=1) is True
        assert Recorder(lambda step: None, budget=3600.0, watch=watch)(epoch=1) is False


def test_a_recorder_adds_up_what_is_reported():
    recorder = Recorder(lambda step: None)
    for tokens in (10, None, 20):
        recorder(epoch=1, tokens=tokens)
    assert recorder.total("tokens") == 30
    assert recorder.total("dev_seconds") == 0


def test_a_tagger_is_handed_the_metric_that_chooses_on_dev():
    scores = []

    class Choosing(Constant):
        def fit(self, train, conditions):
            dev = conditions.dev
            scores.append((conditions.metric.name, conditions.metric(self.predict(dev.sentences), dev.tags)))

    data = dataset()
    data = Dataset.of("sample", train=data.train, dev=data.test, test=data.test)
    registry = registry_of(thing=Choosing)
    for selection in (None, Selection("sentence_accuracy")):
        (request,) = requests(plan_of(registry, "thing", data=data, selections={data.fingerprint: selection}))
        assert perform(request, data, registry, lambda _step: None).failure is None
    assert scores == [("accuracy", 3 / 6), ("sentence_accuracy", 0.0)]
