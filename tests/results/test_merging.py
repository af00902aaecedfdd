"""Merged runs: the same as one run that was asked for everything."""

import json

import pytest
from program import called
from runs import registry_of, run_of
from samples import Constant, Seeded, dataset

from seqbench import Dataset, StoreError, UsageError
from seqbench.results.merging import merge
from seqbench.results.store import Store
from seqbench.results.verification import verify

OTHER = Dataset.of("other", train=dataset().test, test=dataset().train)
TIMES = ("seconds", "per_second", "memory", "_ms", "on_disk")  # the last of kept models alone


def registry():
    return registry_of(constant=Constant, seeded=Seeded)


def scores(folder):
    """The rows that `show` tells of a run, but for times."""
    rows = json.loads(called("show", folder, "--format", "json").stdout)["rows"]
    return [{name: value for name, value in row.items() if not any(part in name for part in TIMES)} for row in rows]


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Three seeds of a perceptron in two runs, with a further model in the second; and the whole in one."""
    place = tmp_path_factory.mktemp("runs")
    asked = {"a": ("perceptron(epochs=1)", "0-1"), "b": ("perceptron(epochs=1),majority", "1-2")}
    for name, (models, seeds) in {**asked, "whole": ("perceptron(epochs=1),majority", "3")}.items():
        keep = ["--keep", "all"] if name == "a" else []
        command = ["run", "--data", "tutorial", "--models", models, "--seeds", seeds, "--out", place / name, "--quiet"]
        assert called(*command, *keep).returncode == 0
    return place


def test_a_merged_run_tells_what_one_run_would_have_told(parts, tmp_path):
    done = called("merge", parts / "a", parts / "b", "--out", tmp_path / "both")
    assert done.returncode == 0, done.stderr
    assert "4 trials of 2 runs" in done.stdout
    assert "1 of them in several runs" in done.stdout
    assert scores(tmp_path / "both") == scores(parts / "whole")
    assert called("verify", tmp_path / "both").returncode == 0
    assert called("errors", tmp_path / "both").returncode == 0


def test_kept_models_come_along_and_can_be_used(parts, tmp_path):
    merge([Store.open(parts / name) for name in ("b", "a")], tmp_path / "both")
    models = sorted((tmp_path / "both/models").iterdir())
    assert [model.name for model in models] == sorted(path.name for path in (parts / "a/models").iterdir()) != []
    assert called("inspect", models[0], "The dog ate the apple").returncode == 0


def test_data_of_several_runs_stand_side_by_side(tmp_path):
    runs = [
        run_of(tmp_path / "a", registry(), "s=seeded", seeds=2),
        run_of(tmp_path / "b", registry(), "s=seeded", seeds=2, data=OTHER),
    ]
    merged = merge(runs, tmp_path / "both")
    assert (merged.trials, merged.alike) == (4, 0)
    manifest = merged.store.manifest()
    assert [part.name for part in manifest.datasets] == ["sample", "other"]
    assert not verify(merged.store, registry()).wrong
    assert len(manifest.earlier) == 2


def test_nothing_is_written_where_a_run_lies_and_the_runs_stay_as_they_are(tmp_path):
    runs = [run_of(tmp_path / name, registry(), spec) for name, spec in (("a", "constant"), ("b", "s=seeded"))]
    before = {path: path.read_bytes() for run in runs for path in run.folder.rglob("*.json")}
    with pytest.raises(StoreError, match="holds a run"):
        merge(runs, tmp_path / "a")
    merge(runs, tmp_path / "both")
    assert {path: path.read_bytes() for path in before} == before


def test_one_run_is_no_merge(tmp_path):
    run = run_of(tmp_path / "a", registry(), "constant")
    with pytest.raises(UsageError, match="two runs"):
        merge([run, run], tmp_path / "both")


def test_what_failed_in_one_run_counts_where_another_has_finished_it(tmp_path):
    runs = [run_of(tmp_path / name, registry(), "s=seeded", seeds=2) for name in "ab"]
    trial = runs[0].manifest().trials[1]
    runs[0].trial_path(trial).unlink()
    merged = merge(runs, tmp_path / "both")
    assert merged.store.is_finished(trial)
