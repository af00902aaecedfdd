"""`seqbench run --dry-run`: what is there, what is left, and how long that will take; nothing is run or written."""

import json
from datetime import timedelta

import pytest
from program import called
from runs import plan_of, registry_of, run_of
from samples import Constant, Seeded

from seqbench.cli.dry_run import print_forecast
from seqbench.results.store import Store

MODELS = ("--data", "tutorial", "--models", "baseline,p=perceptron(epochs=2)", "--device", "cpu", "--quiet")


def dry(out, *arguments):
    return called("run", *MODELS, "--out", out, *arguments, "--dry-run")


def trials(folder):
    return sorted(path.name for path in (folder / "trials").iterdir())


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A folder in which the baseline and seed 0 of the perceptron are finished."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    assert called("run", *MODELS, "--out", folder).returncode == 0
    return folder


def test_without_a_run_nothing_is_known_and_nothing_is_written(tmp_path):
    done = dry(tmp_path / "run", "--seeds", 2)
    assert "3 trials, 0 finished, 3 to run; time unknown for 3" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_what_is_finished_is_told_and_the_rest_takes_as_long_as_what_is_like_it(run):
    before = trials(run)
    done = dry(run, "--seeds", 3, "--jobs", 2)
    assert "4 trials, 2 finished, 2 to run; about 0:00:00 with 2 at once" in done.stdout
    assert trials(run) == before


def test_json_has_numbers_and_nothing_else(run):
    done = dry(run, "--seeds", 2, "--set", "p.cost=0.5", "--format", "json")
    rows = json.loads(done.stdout)
    assert [(row["model"], row["seed"], row["state"], row["seconds"]) for row in rows] == [
        ("baseline", 0, "finished", None),
        ("p", 0, "to run", None),
        ("p", 1, "to run", None),
    ]
    assert done.stderr.strip().startswith("3 trials, 1 finished, 2 to run")


def test_a_trial_that_failed_is_to_run_again(tmp_path, capsys):
    registry = registry_of(bad="no_such_package:Tagger", constant=Constant)
    store = run_of(tmp_path / "run", registry, "bad", "constant")
    assert print_forecast(plan_of(registry, "bad", "constant"), store, 1, "csv") == 0
    assert 'sample,bad,0,"failed before, to run again",unknown' in capsys.readouterr().out


def test_the_time_left_is_that_of_all_trials_divided_by_those_at_once(tmp_path, capsys):
    registry = registry_of(seeded=Seeded)
    store = run_of(tmp_path / "run", registry, "seeded")
    (record,) = store.finished_trials()
    hours = {**record.timings, "fit_wall_seconds": 7000.0, "predict_wall_seconds": 200.0}
    path = store.trial_path(record)
    path.write_text(json.dumps({**json.loads(path.read_text()), "timings": hours}))
    print_forecast(plan_of(registry, "seeded", seeds=4), Store(store.folder), 2, "table")
    assert f"3 to run; about {timedelta(hours=3)} with 2 at once" in capsys.readouterr().out
