"""Hyperparameters are searched on dev alone, with the same effort for every model, and nothing found is lost."""

import json

import pytest
from climber import climber_file
from samples import TEST, TEST_TAGS, TRAIN, TRAIN_TAGS

from seqbench import Corpus, Dataset, Range, hookimpl
from seqbench.cli.commands.tune import command
from seqbench.data.cross_validation import on_dev
from seqbench.errors import DataError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.request_records import Effort
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.local_processes import LocalProcesses
from seqbench.running.plan import Plan
from seqbench.running.tuning import Candidate, Tuning


def whole():
    train, dev, test = (
        Corpus.encode(*one) for one in ((TRAIN, TRAIN_TAGS), (TRAIN[:2], TRAIN_TAGS[:2]), (TEST, TEST_TAGS))
    )
    return Dataset.of("sample", train=train, dev=dev, test=test)


@pytest.fixture
def file(tmp_path):
    return climber_file(tmp_path)


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


@pytest.mark.parametrize(
    ("sampler", "event"),
    [
        ("random", "started"),
        ("tpe", "finished"),
        pytest.param("random", "finished", marks=pytest.mark.slow),
        pytest.param("tpe", "started", marks=pytest.mark.slow),
    ],
)
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


@pytest.mark.parametrize("way", ["here", pytest.param("workers", marks=pytest.mark.slow)])
def test_what_falls_behind_is_stopped(file, tmp_path, way):
    tuning = tuning_of(file, tmp_path / "t", 12)
    (dataset,) = tuning.plan.datasets
    workers = LocalProcesses(tuning.registry, {dataset.fingerprint: dataset}, jobs=2)
    (found,) = tuning.run(here(tuning) if way == "here" else workers, said_nothing).values()
    pruned = [one for one in found if one.pruned]
    assert pruned
    assert max(one.fields["height"] for one in pruned) < max(one.fields["height"] for one in found)
    curves = {row.key.label: row.trials[0].curve for row in read([Store.open(tmp_path / "t")]).rows}
    if way == "here":  # a worker hears of it a little later
        assert all(len(curves[f"climber-{one.number:03}"]) < one.fields["steps"] for one in pruned)


def test_two_processes_do_not_tune_in_one_folder(file, tmp_path):
    from seqbench.results.trial_locks import Locks

    tuning = tuning_of(file, tmp_path / "t", 1)
    with Locks() as locks:
        assert locks.take(tmp_path / "t/trials/tuning.lock")
        with pytest.raises(StoreError, match="another process tunes in"):
            tuning.run(here(tuning), said_nothing)


def call(*arguments):
    return command.main(list(map(str, arguments)), standalone_mode=False)
