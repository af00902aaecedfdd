"""How long trials will take, told from finished ones of the same model."""

import json
from dataclasses import replace

import pytest
from runs import plan_of, registry_of, run_of
from samples import Seeded

from seqbench.running.forecast import Past, runs_near
from seqbench.running.plan import requests


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return run_of(tmp_path_factory.mktemp("runs") / "run", registry_of(seeded=Seeded), "seeded", seeds=2)


def request_of(spec="seeded", **further):
    (request,) = requests(plan_of(registry_of(seeded=Seeded), spec, **further))
    return request


def seconds_of(store):
    trials = [json.loads(path.read_text()) for path in (store.folder / "trials").glob("seeded-*.json")]
    return [t["timings"]["fit_wall_seconds"] + t["timings"]["predict_wall_seconds"] for t in trials]


def test_the_forecast_is_the_mean_of_finished_trials_of_the_same_model(run):
    past = Past.of([run])
    assert past.expected(request_of()) == pytest.approx(sum(seconds_of(run)) / 2)
    assert past.expected(replace(request_of(), seed=9)) == past.expected(request_of())


@pytest.mark.parametrize("other", [{"spec": "seeded(rate=2)"}, {"threads": 2}, {"budget": 60.0}])
def test_what_differs_in_anything_but_the_seed_tells_nothing(run, other):
    assert Past.of([run]).expected(request_of(**other)) is None


def test_failures_and_broken_files_tell_nothing(run, tmp_path):
    registry = registry_of(seeded=Seeded, bad="no_such_package:Tagger")
    store = run_of(tmp_path / "run", registry, "bad", "seeded")
    (store.folder / "trials" / "broken.json").write_text("{")
    seconds = [*seconds_of(run), *seconds_of(store)]
    assert len(seconds) == 3
    assert Past.of([store, run]).expected(request_of()) == pytest.approx(sum(seconds) / 3)


def test_runs_near_are_that_of_a_folder_first_and_those_beside_it(run):
    (run.folder.parent / "no run").mkdir()
    beside = run_of(run.folder.parent / "beside", registry_of(seeded=Seeded), "seeded")
    assert [store.folder for store in runs_near(run.folder)] == [run.folder, beside.folder]
    assert [store.folder for store in runs_near(run.folder.parent / "new")] == [beside.folder, run.folder]
    assert runs_near(run.folder / "nowhere" / "new") == []
