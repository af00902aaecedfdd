"""The request that a run was made from: only what decides results, and nothing that acts."""

import hashlib

import pytest
from msgspec.structs import replace
from stored_trials import manifest

from seqbench.errors import StoreError, UsageError
from seqbench.results.records import EarlierRequest, ModelSummary, WantedTrial
from seqbench.running.executors.choose import Ways
from seqbench.running.repeated_request import planned_requests, repeated

PLAN = {"data": ["a.tsv"], "models": ["a,b(x=1)"], "seeds": 3, "device": "auto"}


def of_plan(**planned):
    return manifest(plan={**PLAN, **planned})


def with_plugin(path):
    """A run that was made with this plugin file."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return manifest(plan={**PLAN, "plugin": ["p.py"]}, plugins=({"name": path.stem, "file_sha256": sha256},))


def test_what_decides_results_is_as_it_was():
    further = {"folds": 5, "train-sizes": ["10,all"], "threads": 2, "epochs": 3, "set": ["a.x=1"], "budget": 60.0}
    request = repeated(of_plan(**further), "run")
    assert (request.data, request.models, request.seeds) == (("a.tsv",), ("a,b(x=1)",), 3)
    assert (request.folds, request.train_sizes, request.threads) == (5, ("10,all",), 2)
    assert (request.epochs, request.settings, request.budget) == (3, ("a.x=1",), 60.0)


def test_the_device_is_the_one_that_was_used_whatever_was_asked_for():
    assert repeated(of_plan(), "run").device == "cpu"
    assert repeated(replace(of_plan(), device=None), "run").device == "auto"


def test_models_that_were_the_default_ones_are_those_that_ran():
    record = manifest(plan={"data": ["a.tsv"]}, models=(ModelSummary(label="x", spec="x(y=1)"),))
    assert repeated(record, "run").models == ("x",)


def test_trials_run_in_the_same_way():
    request = repeated(of_plan(jobs=2, isolate=True, timeout=60.0, memory=2**30), "run")
    assert request.ways == Ways(jobs=2, isolate=True, timeout=60.0, memory=2**30)


def test_what_acts_is_not_taken_over():
    acting = {"executor": "ray:evil.example:10001", "reporter": ["mlflow(uri='x')"], "out": "/etc", "fresh": True}
    request = repeated(of_plan(**acting, **{"save-plan": "bashrc"}), "run")
    assert (request.ways, request.fresh, request.planned) == (Ways(), False, None)


def test_a_run_that_does_not_say_how_is_refused():
    with pytest.raises(
        UsageError, match="this run does not say how to repeat it: it was made from Python with objects, by"
    ):
        repeated(manifest(), "run")


@pytest.mark.parametrize("planned", [{"seeds": 0}, {"seeds": "many"}, {"models": 3}, {"folds": 1}, {"budget": -1.0}])
def test_a_plan_that_cannot_be_is_one_message(planned):
    with pytest.raises(StoreError, match=r"the plan in run.json of 'runs/a' cannot be read: Expected .* - at `\$"):
        repeated(of_plan(**planned), "runs/a")


@pytest.mark.parametrize("seeds", [100_000, "0-99999", 4])
def test_more_seeds_than_a_run_names_trials_are_refused(seeds):
    trial = WantedTrial(dataset="a", label="x", seed=0, key="0")
    models = (ModelSummary(label="x", spec="x"),)
    with pytest.raises(StoreError, match="seeds, but run.json names only 1 trials; bring it back from a copy"):
        repeated(replace(of_plan(seeds=seeds), trials=(trial,), models=models), "run")
    fixed = (ModelSummary(label="x", spec="x", deterministic=True),)
    assert repeated(replace(of_plan(seeds=4), trials=(trial,), models=fixed), "run").seeds == 4


@pytest.mark.parametrize("key", ["seeds", "folds", "resplits", "threads", "epochs", "jobs"])
def test_no_number_of_a_plan_is_large_enough_to_take_all_memory(key):
    with pytest.raises(StoreError, match=r"cannot be read: Expected `int"):
        repeated(of_plan(**{key: 2**31}), "run")


def test_a_plugin_file_is_named_by_the_user_and_is_the_one_of_then(tmp_path):
    file = tmp_path / "p.py"
    file.write_text("a = 1")
    record = with_plugin(file)
    assert repeated(record, "run", (file,)).plugins == (file,)
    with pytest.raises(UsageError, match="look at them, then seqbench rerun run --plugin p.py"):
        repeated(record, "run")
    file.write_text("a = 2")
    with pytest.raises(UsageError, match="p.py' is not the one that this run was made with"):
        repeated(record, "run", (file,))
    with pytest.raises(UsageError, match="there is no plugin file"):
        repeated(record, "run", (tmp_path / "gone.py",))


def test_a_plugin_file_with_another_name_must_be_one_of_then_too(tmp_path):
    file, other = tmp_path / "p.py", tmp_path / "q.py"
    file.write_text("a = 1")
    other.write_text("a = 1")
    record = with_plugin(file)
    assert repeated(record, "run", (other,)).plugins == (other,)
    other.write_text("a = 2")
    with pytest.raises(UsageError, match="q.py' is not the one that this run was made with"):
        repeated(record, "run", (other,))
    with pytest.raises(UsageError, match="q.py' is not the one that this run was made with"):
        repeated(of_plan(), "run", (other,))


def test_a_request_that_was_made_again_and_again_is_repeated_once():
    other = EarlierRequest(plan={"data": ["b.tsv"]}, device="cpu")
    same = EarlierRequest(plan=PLAN, device="cpu")
    record = replace(of_plan(), earlier=(same, other, *[same] * 5000, other))
    assert [request.plan for request in planned_requests(record)] == [{"data": ["b.tsv"]}, PLAN]


def test_a_checksum_that_is_none_is_that_of_no_file(tmp_path):
    file = tmp_path / "p.py"
    file.write_text("a = 1")
    record = manifest(
        plan={**PLAN, "plugin": ["p.py"]},
        plugins=({"name": [1], "file_sha256": [{}]}, {"name": "p", "file_sha256": ["x"]}),
    )
    with pytest.raises(UsageError, match="p.py' is not the one"):
        repeated(record, "run", (file,))


def test_of_a_plugin_file_whose_contents_a_run_does_not_tell_the_name_counts(tmp_path):
    file = tmp_path / "p.py"
    file.write_text("a = 1")
    assert repeated(of_plan(plugin=["../p.py"]), "run", (file,)).plugins == (file,)
