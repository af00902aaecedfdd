"""Runs: every model under the same conditions, failures named, finished trials kept."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import pytest
from runs import plan_of, registry_of
from samples import TEST_TAGS, Constant, Seeded

from seqbench import Contents, Corpus, Dataset, hookimpl
from seqbench.results.rows import read
from seqbench.results.store import Store
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


@pytest.fixture
def registry():
    things = {thing.__name__.lower(): thing for thing in (Constant, Seeded, Faulty, Dropping, Leaving, Reading)}
    return registry_of(absent="no_such_package:Tagger", **things, metrics={"halves": lambda outcome: 0.5})


def results(registry, store, wanted, notes=None):
    run(wanted, registry, store, (notes if notes is not None else []).append)
    return {row.key.label: row for row in read([store]).rows}


def test_a_run_scores_every_model(registry, tmp_path):
    rows = results(registry, Store.create(tmp_path / "run"), plan_of(registry, "constant", "v=constant(tag='V')"))
    assert rows["constant"].scores["accuracy"].mean == pytest.approx(3 / 6)
    assert rows["v"].scores["accuracy"].mean == pytest.approx(2 / 6)
    assert rows["v"].spec == "constant(tag='V')"
    assert rows["v"].metrics["halves"].mean == 0.5


def test_a_deterministic_tagger_runs_once_and_has_no_spread(registry, tmp_path):
    rows = results(registry, Store.create(tmp_path / "run"), plan_of(registry, "constant", "seeded", seeds=3))
    assert (rows["constant"].seeds, rows["constant"].scores["accuracy"].std) == ([0], None)
    assert rows["seeded"].seeds == [0, 1, 2]
    per_seed = rows["seeded"].scores["accuracy"].per_seed
    assert rows["seeded"].scores["accuracy"].std == pytest.approx(np.std(per_seed, ddof=1))


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
    rows = results(registry, store, plan_of(registry, "constant", spec, "seeded", seeds=2))
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
    wanted = plan_of(registry, "seeded", "faulty", seeds=2)
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
    rows = results(registry, store, plan_of(registry, "a=seeded", "b=seeded(epochs=2)", seeds=2))
    assert begun == ["a", "a"]
    assert rows["b"].scores["accuracy"].per_seed == rows["a"].scores["accuracy"].per_seed
    notes = []
    rows = results(registry, store, plan_of(registry, "c=seeded", seeds=2), notes)
    assert begun == ["a", "a"]
    assert notes[0] == "2 of 2 trials are finished already and kept"
    assert rows["c"].status == "finished"


def test_a_success_removes_the_failure_before_it(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    results(registry, store, plan_of(registry, "faulty"))
    failed = min((store.folder / "trials").glob("*.failed.json"))
    Faulty.fit, raising = Constant.fit, Faulty.fit
    Faulty.predict, wrong = lambda self, sentences: Constant().predict(sentences), Faulty.predict
    try:
        assert results(registry, store, plan_of(registry, "faulty"))["faulty"].status == "finished"
    finally:
        Faulty.fit, Faulty.predict = raising, wrong
    assert not failed.exists()


def test_a_changed_hyperparameter_runs_again_and_says_why(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    results(registry, store, plan_of(registry, "m=seeded"))
    notes = []
    results(registry, store, plan_of(registry, "m=seeded(rate=2)"), notes)
    assert notes == ["m on sample, seed 0 runs again: changed since it finished: spec"]


def test_what_a_tagger_has_to_say_is_kept_with_its_trial(registry, tmp_path):
    rows = results(registry, Store.create(tmp_path), plan_of(registry, "r=reading(file='none')"))
    assert rows["r"].notes == ["read 'none'", "all test tokens get one tag, 'NN' (in one trial or more)"]


def test_predictions_and_gold_on_disk_give_the_scores_again(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    row = results(registry, store, plan_of(registry, "seeded"))["seeded"]
    trial = row.trials[0]
    predicted = store.trial_arrays(trial)["predicted"]
    record = store.dataset(row.dataset.fingerprint)
    gold = store.dataset_arrays(record)["gold"]
    assert [record.tags[i] for i in gold] == [tag for sentence in TEST_TAGS for tag in sentence]
    assert np.mean(predicted == gold) == pytest.approx(trial.score("accuracy"))


def test_a_tag_that_only_test_has_is_scored_as_wrong(registry, tmp_path):
    data = Dataset.of("odd", train=Corpus.encode([["a"]], [["NN"]]), test=Corpus.encode([["a", "b"]], [["NN", "ODD"]]))
    row = results(registry, Store.create(tmp_path / "run"), plan_of(registry, "constant", data=data))["constant"]
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
    results(registry, store, plan_of(registry, "seeded"))
    assert events == [
        ("run_started", 1),
        ("trial_started", 0),
        ("trial_progressed", 1),
        ("trial_progressed", 2),
        ("trial_finished", True),
        ("run_finished", "seeded"),
    ]


def test_another_request_on_the_same_folder_hides_nothing_and_each_prints_its_own(registry, tmp_path):
    store, notes = Store.create(tmp_path / "run"), []
    first = run(plan_of(registry, "constant"), registry, store, notes.append)
    second = run(plan_of(registry, "v=constant(tag='V')", "dropping"), registry, store, notes.append)
    assert [row.key.label for row in read([first]).rows] == ["constant"]
    assert [row.key.label for row in read([second]).rows] == ["v", "dropping"]
    assert [row.key.label for row in read([store]).rows] == ["constant", "v", "dropping"]
    assert notes[-1] == f"1 trial of another request is in this run too (constant): seqbench show {store.folder}"


def test_a_label_that_stands_for_another_spec_replaces_its_trials_in_the_run(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    run(plan_of(registry, "a=seeded", seeds=3), registry, store, lambda _note: None)
    run(plan_of(registry, "a=constant"), registry, store, lambda _note: None)
    (row,) = read([store]).rows
    assert (row.spec, row.seeds) == ("constant(tag='NN')", [0])
    assert len(store.manifest().superseded) == 3


def test_more_seeds_of_one_model_are_one_row(registry, tmp_path):
    store = Store.create(tmp_path / "run")
    run(plan_of(registry, "seeded", seeds=3), registry, store, lambda _note: None)
    own = run(plan_of(registry, "seeded", seeds=1), registry, store, lambda _note: None)
    assert [row.seeds for row in read([store]).rows] == [[0, 1, 2]]
    assert [row.seeds for row in read([own]).rows] == [[0]]


def test_a_trial_whose_file_is_empty_runs_again_and_that_is_said(registry, tmp_path):
    store, notes = Store.create(tmp_path / "run"), []
    run(plan_of(registry, "constant"), registry, store, notes.append)
    (trial,) = store.manifest().trials
    store.trial_path(trial).write_bytes(b"")
    assert "is empty: it counts as not finished" in read([store]).rows[0].failures[0].error
    run(plan_of(registry, "constant"), registry, store, notes.append)
    assert "runs again" in notes[-1]
    assert "is empty: it counts as not finished" in notes[-1]
    assert store.is_finished(trial)
