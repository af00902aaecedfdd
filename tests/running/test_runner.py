"""Runs: every model under the same conditions, failures named, finished trials kept."""

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import pytest
from samples import TEST_TAGS, Constant, Seeded, dataset

from seqbench import Contents, Corpus, Dataset, Sequences, hookimpl
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.plan import Plan, requests
from seqbench.running.runner import run


class Faulty:
    """Fails in fit."""

    def fit(self, train, conditions):
        raise RuntimeError("out of luck")

    def predict(self, sentences):
        return []


class Dropping:
    """Forgets the last token of every sentence."""

    def fit(self, train, conditions):
        pass

    def predict(self, sentences):
        return [["NN"] * (len(sentence) - 1) for sentence in sentences]


class Leaving:
    """Leaves the program."""

    def fit(self, train, conditions):
        raise SystemExit(3)

    def predict(self, sentences):
        return []


@dataclass(kw_only=True)
class Reading(Constant):
    """Names a file."""

    file: Annotated[str, Contents()] = ""

    @property
    def notes(self):
        return [f"read {self.file!r}"]


@dataclass(kw_only=True)
class Made(Constant):
    """Names other taggers."""

    of: list[str] = field(default_factory=list)

    @property
    def parts(self):
        return self.of


@dataclass(kw_only=True)
class Drawing:
    """Draws from the global generators, which the runner seeds."""

    def fit(self, train, conditions):
        self.draws = [random.random(), np.random.random(), conditions.seed]
        conditions.report(epoch=1, loss=self.draws[0], dev_accuracy=self.draws[1])

    def predict(self, sentences):
        return [["NN"] * len(sentence) for sentence in sentences]


class Samples:
    @hookimpl
    def register_taggers(self, register):
        for thing in (Constant, Seeded, Faulty, Dropping, Leaving, Reading, Made, Drawing):
            register(thing.__name__.lower(), thing, "")
        register("absent", "no_such_package:Tagger", "")

    @hookimpl
    def register_metrics(self, register):
        register("halves", lambda outcome: 0.5, "")


@pytest.fixture
def registry():
    registry = Registry()
    registry.add(Samples(), "samples")
    return registry


def plan(registry, *specs, seeds=1, data=None):
    return Plan([data or dataset()], [resolve(registry, parse(spec)) for spec in specs], seeds)


def results(registry, store, wanted, notes=None):
    run(wanted, registry, store, (notes if notes is not None else []).append)
    return {row.key.label: row for row in read([store]).rows}


def test_a_run_scores_every_model(registry, tmp_path):
    rows = results(registry, Store.create(tmp_path / "run"), plan(registry, "constant", "v=constant(tag='V')"))
    assert rows["constant"].scores["accuracy"].mean == pytest.approx(3 / 6)
    assert rows["v"].scores["accuracy"].mean == pytest.approx(2 / 6)
    assert rows["v"].spec == "constant(tag='V')"
    assert rows["v"].metrics["halves"].mean == 0.5


def test_a_deterministic_tagger_runs_once_and_has_no_spread(registry, tmp_path):
    rows = results(registry, Store.create(tmp_path / "run"), plan(registry, "constant", "seeded", seeds=3))
    assert (rows["constant"].seeds, rows["constant"].scores["accuracy"].std) == ([0], None)
    assert rows["seeded"].seeds == [0, 1, 2]
    per_seed = rows["seeded"].scores["accuracy"].per_seed
    assert rows["seeded"].scores["accuracy"].std == pytest.approx(np.std(per_seed, ddof=1))


def test_global_generators_are_seeded_before_each_fit(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    rows = results(registry, store, plan(registry, "drawing", "again=drawing", seeds=2))
    curves = [[trial.curve[0]["loss"] for trial in row.trials] for row in rows.values()]
    assert curves[0] == curves[1]
    assert curves[0][0] != curves[0][1]


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("faulty", "RuntimeError: out of luck"),
        ("dropping", "3 tags for sentence 1, expected 4"),
        ("leaving", "SystemExit: 3"),
        ("absent", "No module named 'no_such_package'"),
        ("constant(tag='XX')", "the tag 'XX' in sentence 1, which is no tag of the training set"),
    ],
)
def test_a_failure_names_its_plugin_and_costs_no_other_trial(registry, tmp_path, spec, why):
    store = Store.create(tmp_path / "run")
    rows = results(registry, store, plan(registry, "constant", spec, "seeded", seeds=2))
    assert rows["constant"].status == rows["seeded"].status == "finished"
    assert rows[spec].status == "failed"
    assert "samples" in rows[spec].failures[0].error
    assert why in rows[spec].failures[0].error
    stored = json.loads(min((store.folder / "trials").glob("*.failed.json")).read_text())
    assert stored["failure"]["traceback"][0].startswith("Traceback")
    assert rows[spec].failures[0].last_lines == stored["failure"]["traceback"][-4:]
    assert "seqbench.errors" not in rows[spec].failures[0].error
    assert json.loads(Path(rows[spec].failures[0].file).read_text()) == stored


def test_finished_trials_are_kept_and_failed_ones_run_again(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    wanted = plan(registry, "seeded", "faulty", seeds=2)
    results(registry, store, wanted)
    before = {path: path.stat().st_mtime_ns for path in (store.folder / "trials").glob("seeded*")}
    begun = []

    class Listener:
        @hookimpl
        def trial_started(self, trial):
            begun.append(trial.label)

    registry.add(Listener(), "listener")
    notes = []
    results(registry, store, wanted, notes)
    assert begun == ["faulty", "faulty"]
    assert notes == ["2 of 4 trials are finished already and kept"]
    assert before == {path: path.stat().st_mtime_ns for path in (store.folder / "trials").glob("seeded*")}


def test_a_trial_under_another_label_is_the_same_trial(registry, tmp_path):
    store, begun = Store.create(tmp_path / "run"), []

    class Listener:
        @hookimpl
        def trial_started(self, trial):
            begun.append(trial.label)

    registry.add(Listener(), "listener")
    rows = results(registry, store, plan(registry, "a=seeded", "b=seeded(epochs=2)", seeds=2))
    assert begun == ["a", "a"]
    assert rows["b"].scores["accuracy"].per_seed == rows["a"].scores["accuracy"].per_seed
    notes = []
    rows = results(registry, store, plan(registry, "c=seeded", seeds=2), notes)
    assert begun == ["a", "a"]
    assert notes == ["2 of 2 trials are finished already and kept"]
    assert rows["c"].status == "finished"


def test_a_success_removes_the_failure_before_it(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    results(registry, store, plan(registry, "faulty"))
    failed = min((store.folder / "trials").glob("*.failed.json"))
    Faulty.fit, raising = Constant.fit, Faulty.fit
    Faulty.predict, wrong = lambda self, sentences: Constant().predict(sentences), Faulty.predict
    try:
        assert results(registry, store, plan(registry, "faulty"))["faulty"].status == "finished"
    finally:
        Faulty.fit, Faulty.predict = raising, wrong
    assert not failed.exists()


def test_a_changed_hyperparameter_runs_again_and_says_why(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    results(registry, store, plan(registry, "m=seeded"))
    notes = []
    results(registry, store, plan(registry, "m=seeded(rate=2)"), notes)
    assert notes == ["m on sample, seed 0 runs again: changed since it finished: spec"]


def test_the_key_depends_on_what_determines_the_result_and_on_nothing_else(registry):
    def keys(*specs, **further):
        wanted = plan(registry, *specs, seeds=2)
        return [r.key for r in requests(Plan(wanted.datasets, wanted.models, 2, **further))]

    first = keys("seeded", "constant")
    assert len(set(first)) == len(first) == 3
    assert set(keys("constant", "other=seeded(epochs=2)")) == set(first)
    assert not set(keys("seeded(rate=2)")) & set(first)
    assert not set(keys("seeded", threads=2)) & set(first)
    assert keys("seeded", "constant", device="cuda") == first, "neither computes there: tests/running/test_devices.py"


def test_the_key_depends_on_what_a_named_file_holds_and_not_on_when_it_was_written(registry, tmp_path):
    file = tmp_path / "vectors.txt"

    def key(content):
        file.write_text(content)
        (request,) = requests(plan(registry, f"reading(file={str(file)!r})"))
        return request.key

    assert key("one") == key("one") != key("two")


def test_the_key_does_not_depend_on_the_folder_that_one_stands_in(registry, tmp_path, monkeypatch):
    def key():
        (request,) = requests(plan(registry, "reading"))  # its file is ''
        return request.key

    first = key()
    monkeypatch.chdir(tmp_path)
    assert key() == first
    (tmp_path / "new.txt").write_text("something that has nothing to do with it")
    assert key() == first


def test_the_key_of_a_composite_depends_on_the_hyperparameters_of_its_parts(registry):
    def code(*parts):
        (request,) = requests(plan(registry, f"made(of={list(parts)!r})"))
        return request.identity["code"]["parts"]

    assert [part["spec"] for part in code("seeded", "constant")] == ["seeded(epochs=2, rate=1.0)", "constant(tag='NN')"]
    assert code("seeded") == code("seeded(epochs=2)") != code("seeded(epochs=3)")


def test_what_a_tagger_has_to_say_is_kept_with_its_trial(registry, tmp_path):
    rows = results(registry, Store.create(tmp_path), plan(registry, "r=reading(file='none')"))
    assert rows["r"].notes == ["read 'none'"]


def test_the_test_set_reaches_a_tagger_only_as_words_in_predict(registry, tmp_path):
    seen = {}

    class Curious(Constant):
        def fit(self, train, conditions):
            seen["fit"] = set(train.sentences.vocabulary) | set(train.tags.vocabulary)
            seen["dev"] = conditions.dev

        def predict(self, sentences):
            seen["predict"] = sentences
            return super().predict(sentences)

    class Plugin:
        @hookimpl
        def register_taggers(self, register):
            register("curious", Curious, "")

    registry.add(Plugin(), "curious")
    results(registry, Store.create(tmp_path / "run"), plan(registry, "curious"))
    assert "cat" not in seen["fit"]
    assert seen["dev"] is None
    assert isinstance(seen["predict"], Sequences)
    assert not seen["predict"].ids.flags.writeable


def test_rates_count_what_was_reported_without_the_time_of_dev(registry, tmp_path):
    class Timed(Constant):
        def fit(self, train, conditions):
            conditions.report(epoch=1, tokens=1000, loss=1.0, dev_accuracy=0.5, dev_seconds=-1.0)

    class Plugin:
        @hookimpl
        def register_taggers(self, register):
            register("timed", Timed, "")

    registry.add(Plugin(), "timed")
    rows = results(registry, Store.create(tmp_path / "run"), plan(registry, "timed"))
    rate, fit = (rows["timed"].costs[name] for name in ("train_tokens_per_second", "fit_seconds"))
    assert rate == pytest.approx(1000 / (fit + 1))


def test_what_is_no_number_is_left_out_of_the_curve_and_costs_no_trial(registry, tmp_path):
    class Odd(Constant):
        def fit(self, train, conditions):
            print("a stranger's chatter")
            conditions.report(epoch=np.int64(1), loss=float("nan"), dev_accuracy=np.float32(0.5), tokens="many")

    class Plugin:
        @hookimpl
        def register_taggers(self, register):
            register("odd", Odd, "")

        @hookimpl
        def register_metrics(self, register):
            register("raises", lambda outcome: 1 / 0, "")
            register("nan", lambda outcome: float("nan"), "")

    registry.add(Plugin(), "odd")
    row = results(registry, Store.create(tmp_path / "run"), plan(registry, "odd"))["odd"]
    assert row.status == "finished"
    assert list(row.trials[0].curve) == [{"epoch": 1, "dev_accuracy": 0.5}]
    assert (row.metrics["raises"].mean, row.metrics["nan"].mean, row.metrics["halves"].mean) == (None, None, 0.5)
    assert "ZeroDivisionError" in registry.losses[-1].reason


def test_a_tagger_that_prints_does_not_disturb_the_results(registry, tmp_path, capsys):
    class Loud(Constant):
        def fit(self, train, conditions):
            print("hello")

    class Plugin:
        @hookimpl
        def register_taggers(self, register):
            register("loud", Loud, "")

    registry.add(Plugin(), "loud")
    results(registry, Store.create(tmp_path / "run"), plan(registry, "loud"))
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "hello\n")


def test_predictions_and_gold_on_disk_give_the_scores_again(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    row = results(registry, store, plan(registry, "seeded"))["seeded"]
    trial = row.trials[0]
    predicted = store.trial_arrays(trial)["predicted"]
    record = store.dataset(row.dataset.fingerprint)
    gold = store.dataset_arrays(record)["gold"]
    assert [record.tags[i] for i in gold] == [tag for sentence in TEST_TAGS for tag in sentence]
    assert np.mean(predicted == gold) == pytest.approx(trial.score("accuracy"))


def test_a_tag_that_only_test_has_is_scored_as_wrong(registry, tmp_path):
    data = Dataset.of("odd", train=Corpus.encode([["a"]], [["NN"]]), test=Corpus.encode([["a", "b"]], [["NN", "ODD"]]))
    row = results(registry, Store.create(tmp_path / "run"), plan(registry, "constant", data=data))["constant"]
    assert row.scores["accuracy"].mean == 0.5


def test_events_come_in_order_and_a_finished_trial_is_on_disk_by_then(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    events = []

    class Listener:
        @hookimpl
        def run_started(self, run, trials):
            events.append(("run_started", len(trials)))

        @hookimpl
        def trial_started(self, trial):
            events.append(("trial_started", trial.seed))

        @hookimpl
        def trial_progressed(self, trial, progress):
            events.append(("trial_progressed", progress["epoch"]))

        @hookimpl
        def trial_finished(self, trial, result):
            events.append(("trial_finished", store.trial(trial) is not None))

        @hookimpl
        def run_finished(self, run):
            events.append(("run_finished", run["trials"][0]["label"]))

    registry.add(Listener(), "listener")
    results(registry, store, plan(registry, "seeded"))
    assert events == [
        ("run_started", 1),
        ("trial_started", 0),
        ("trial_progressed", 1),
        ("trial_progressed", 2),
        ("trial_finished", True),
        ("run_finished", "seeded"),
    ]
