"""Hyperparameters are searched on dev alone, with the same effort for every model, and nothing found is lost."""

import json

import pytest
from samples import TEST, TEST_TAGS, TRAIN, TRAIN_TAGS

from seqbench import Corpus, Dataset, Range, UsageError, hookimpl
from seqbench.cli.commands.run import command as run
from seqbench.cli.commands.tune import command
from seqbench.cli.commands.verify import command as verify
from seqbench.data.cross_validation import on_dev
from seqbench.errors import DataError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.records import Effort
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.worker_pool import Workers
from seqbench.running.plan import Plan
from seqbench.running.tuning import Candidate, Tuning

PLUGIN = """
from dataclasses import dataclass
from typing import Annotated
from seqbench import Range, hookimpl

@dataclass(kw_only=True)
class Climber:
    height: Annotated[float, "the better", Range(0.0, 1.0)] = 0.5
    kind: Annotated[str, "of no importance", Range(choices=("a", "b"))] = "a"
    steps: Annotated[int, "reports", Range(50, 60)] = 55

    def fit(self, train, conditions):
        self.tags = train.tags.vocabulary
        for epoch in range(1, self.steps + 1):
            if conditions.report(epoch=epoch, dev_accuracy=self.height):
                return

    def predict(self, sentences):
        return [[self.tags[int(self.height * 2.99)]] * len(s) for s in sentences]

@hookimpl
def register_taggers(register): register("climber", Climber, "reports how high it is")
"""


def whole():
    train, dev, test = (
        Corpus.encode(*one) for one in ((TRAIN, TRAIN_TAGS), (TRAIN[:2], TRAIN_TAGS[:2]), (TEST, TEST_TAGS))
    )
    return Dataset.of("sample", train=train, dev=dev, test=test)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "climber.py"
    path.write_text(PLUGIN)
    return path


def tuning_of(file, folder, trials, *specs, **effort):
    registry = Registry.discover([file])
    parsed = [parse(spec) for spec in specs or ("climber",)]
    candidates = [Candidate.of(resolve(registry, spec), spec.fields) for spec in parsed]
    plan = Plan([on_dev(whole())], [], plugins=[file])
    return Tuning(
        plan,
        candidates,
        Effort(trials=trials, **{"sampler": "random", "seed": 0, **effort}),
        registry,
        Store.create(folder),
    )


def here(tuning):
    (dataset,) = tuning.plan.datasets
    return Inline(tuning.registry, {dataset.fingerprint: dataset})


def said_nothing(_note):
    pass


def search(file, folder, trials, *specs, **effort):
    tuning = tuning_of(file, folder, trials, *specs, **effort)
    return tuning.run(here(tuning), said_nothing)


@pytest.mark.parametrize("ends", [(2, 1), (1, 1)])
def test_a_range_goes_upwards(ends):
    with pytest.raises(ValueError, match="a range goes from low"):
        Range(*ends)


def test_a_logarithmic_range_starts_above_0():
    with pytest.raises(ValueError, match="above 0"):
        Range(0.0, 1.0, log=True)


def test_every_model_gets_as_many_trials_within_its_ranges(file, tmp_path):
    found = search(file, tmp_path / "t", 5, "climber", "low=climber(height=0.1)", "baseline")
    assert {label: len(trials) for label, trials in found.items()} == {"climber": 5, "low": 5, "baseline": 1}
    for one in found["climber"]:
        assert 0 <= one.fields["height"] <= 1
        assert one.fields["kind"] in ("a", "b")
        assert one.fields["steps"] in range(50, 61)
    assert len({one.fields["height"] for one in found["climber"]}) == 5
    assert all("height" not in one.fields for one in found["low"])


def test_no_test_sentence_takes_part(file, tmp_path):
    tuning = tuning_of(file, tmp_path / "t", 1)
    (dataset,) = tuning.plan.datasets
    assert dataset.test is dataset.dev
    tuning.run(here(tuning), said_nothing)
    (data,) = (tmp_path / "t/data").glob("*.json")
    assert json.loads(data.read_text())["splits"]["test"]["tokens"] == sum(map(len, TRAIN[:2]))


def test_without_dev_nothing_is_tuned():
    train, test = Corpus.encode(TRAIN, TRAIN_TAGS), Corpus.encode(TEST, TEST_TAGS)
    with pytest.raises(DataError, match="'sample' has no dev set"):
        on_dev(Dataset.of("sample", train=train, test=test))


def test_scores_are_dev_accuracy_and_every_trial_is_kept(file, tmp_path):
    (found,) = search(file, tmp_path / "t", 4).values()
    rows = read([Store.open(tmp_path / "t")]).rows
    assert [row.scores["accuracy"].mean for row in rows] == [one.score for one in found]
    gold = [tag for tags in TRAIN_TAGS[:2] for tag in tags]
    for one in found:
        tag = ["DET", "NN", "V"][int(one.fields["height"] * 2.99)]
        assert one.score == pytest.approx(gold.count(tag) / len(gold))


class Stopping:
    """Interrupts a search once so many trials have finished, or begun."""

    def __init__(self, event, after):
        self.event, self.left = event, after

    def count(self):
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt

    @hookimpl
    def trial_started(self, trial):
        if self.event == "started":
            self.count()

    @hookimpl
    def trial_finished(self, trial, result):
        if self.event == "finished":
            self.count()


@pytest.mark.parametrize("event", ["started", "finished"])
@pytest.mark.parametrize("sampler", ["random", "tpe"])
def test_an_interrupted_search_ends_as_if_it_had_not_been(file, tmp_path, event, sampler):
    expected = search(file, tmp_path / "whole", 6, sampler=sampler)
    tuning = tuning_of(file, tmp_path / "t", 6, sampler=sampler)
    tuning.registry.add(Stopping(event, 3), "stopping")
    with pytest.raises(KeyboardInterrupt):
        tuning.run(here(tuning), said_nothing)
    before = {path: path.read_bytes() for path in (tmp_path / "t/trials").glob("*.json")}
    assert search(file, tmp_path / "t", 6, sampler=sampler) == expected
    assert before
    assert all(path.read_bytes() == content for path, content in before.items())


def test_a_result_that_the_journal_has_not_heard_of_is_taken(file, tmp_path, monkeypatch):
    tuning = tuning_of(file, tmp_path / "t", 2)

    def dies(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("seqbench.running.search.Search.tell", dies)
    with pytest.raises(KeyboardInterrupt):
        tuning.run(here(tuning), said_nothing)
    monkeypatch.undo()
    (kept,) = (tmp_path / "t/trials").glob("*-000-*.json")
    before = kept.stat().st_mtime_ns
    assert len(search(file, tmp_path / "t", 2)["climber"]) == 2
    assert kept.stat().st_mtime_ns == before


@pytest.mark.parametrize("way", ["here", "workers"])
def test_what_falls_behind_is_stopped(file, tmp_path, way):
    tuning = tuning_of(file, tmp_path / "t", 12)
    (dataset,) = tuning.plan.datasets
    workers = Workers(tuning.registry, {dataset.fingerprint: dataset}, jobs=2)
    (found,) = tuning.run(here(tuning) if way == "here" else workers, said_nothing).values()
    pruned = [one for one in found if one.pruned]
    assert pruned
    assert max(one.fields["height"] for one in pruned) < max(one.fields["height"] for one in found)
    curves = {row.key.label: row.trials[0].curve for row in read([Store.open(tmp_path / "t")]).rows}
    if way == "here":  # a worker hears of it a little later
        assert all(len(curves[f"climber-{one.number:03}"]) < one.fields["steps"] for one in pruned)


def test_two_processes_do_not_tune_in_one_folder(file, tmp_path):
    from seqbench.errors import StoreError
    from seqbench.results.locks import Locks

    tuning = tuning_of(file, tmp_path / "t", 1)
    with Locks() as locks:
        assert locks.take(tmp_path / "t/trials/tuning.lock")
        with pytest.raises(StoreError, match="another process tunes in"):
            tuning.run(here(tuning), said_nothing)


def call(*arguments):
    return command.main(list(map(str, arguments)), standalone_mode=False)


def test_the_command_tells_the_best_and_what_to_expect(tmp_path, capsys):
    models = ["--models", "perceptron(epochs=2),baseline", "--budget", "3trials"]
    assert call(*models, "--out", tmp_path / "t", "--device", "cpu", "-q") == 0
    told = capsys.readouterr().out
    assert "E[best of 3]" in told
    assert "tuned-perceptron=perceptron(epochs=2, cost=" in told
    assert "baseline: nothing to search" in told


def test_a_search_is_verified_against_the_dev_set_of_its_corpus(tmp_path, capsys):
    call("--models", "baseline", "--trials", "1", "--out", tmp_path / "t", "--device", "cpu", "-q")
    assert verify([str(tmp_path / "t")], standalone_mode=False) == 0
    told = capsys.readouterr()
    assert "1 finished trials, no difference" in told.out
    assert told.err == ""
    (about,) = (tmp_path / "t/data").glob("*.json")
    about.write_text(about.read_text().replace('"scored_split": "dev"', '"scored_split": "test"'))
    verify([str(tmp_path / "t")], standalone_mode=False)
    assert "has changed" in capsys.readouterr().err


def test_the_ranges_of_a_stranger_are_known_without_loading_it(file, tmp_path, capsys):
    models = ["--models", "climber(steps=50)", "--plugin", file, "--trials", "2", "--format", "json"]
    call(*models, "--out", tmp_path / "t", "--device", "cpu", "-q")
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert [sorted(trial["fields"]) for trial in model["trials"]] == [["height", "kind"]] * 2
    assert len(model["expected_best"]) == 2


@pytest.mark.parametrize("budgets", [["--budget", "3trials", "--trials", "2"], ["--budget", "1s", "--budget", "2s"]])
def test_effort_is_given_once(tmp_path, budgets):
    with pytest.raises(UsageError, match="give trials once"):
        call("--models", "baseline", *budgets, "--out", tmp_path / "t")


def test_tuning_takes_one_dataset_and_a_folder_of_its_own(tmp_path):
    data = [part for name in ("grammar", "tutorial") for part in ("--data", name)]
    with pytest.raises(UsageError, match="one dataset at a time"):
        call("--models", "baseline", *data, "--out", tmp_path / "t")
    running, tuning = ["--models", "baseline", "-q", "--device", "cpu"], ["--trials", "1"]
    run(["--data", "tutorial", *running, "--out", str(tmp_path / "run")], standalone_mode=False)
    before = (tmp_path / "run/run.json").read_bytes()
    with pytest.raises(StoreError, match="run' holds another run; choose another --out"):
        call(*running, *tuning, "--out", tmp_path / "run")
    assert (tmp_path / "run/run.json").read_bytes() == before
    call(*running, *tuning, "--out", tmp_path / "t")
    with pytest.raises(StoreError, match="t' holds a search of 'seqbench tune'; choose another --out"):
        run(["--data", "tutorial", *running, "--out", str(tmp_path / "t")], standalone_mode=False)
