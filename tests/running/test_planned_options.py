"""The options that ask for a request again are those of a plan, and give the same request back."""

from dataclasses import replace

from runs import registry_of
from samples import Constant, dataset
from stored_trials import manifest

from seqbench import Spec
from seqbench.contracts.metric import SpanSettings
from seqbench.registry.handed_over_taggers import hand_over
from seqbench.running.executors.choose import Ways
from seqbench.running.planned_options import planned_options
from seqbench.running.repeated_request import repeated
from seqbench.running.request import RunRequest

REQUEST = RunRequest(
    data=("a.tsv",), task="pos",
    models=("a,b(x=1)",), seeds=(2, 5), folds=5, train_sizes=("10,all",), threads=2, epochs=3,
    settings=("a.x=1",), budget=60.0, ways=Ways(2, isolate=True, timeout=60.0, memory=2**30),
    spans=SpanSettings(scheme="IOB2", policy="strict", without=("X",)), device="cpu",
)  # fmt: skip


def test_a_plan_gives_its_request_back():
    planned = planned_options(REQUEST, registry_of())
    assert replace(repeated(manifest(plan=planned), "run"), plugins=()) == replace(REQUEST, plugins=())


def test_what_is_as_usual_is_left_out():
    assert planned_options(RunRequest(data=["a"], models=["x"]), registry_of()) == {"data": ["a"], "models": ["x"]}


def test_objects_of_this_process_have_no_plan():
    registry = registry_of()
    specs = hand_over({"mine": Constant}, registry)
    assert planned_options(RunRequest(models=list(specs.values())), registry) is None
    assert planned_options(RunRequest(data=[dataset()]), registry) is None


def test_a_parsed_spec_is_written_with_its_label():
    models = [Spec("big", "x", {"size": 3})]
    assert planned_options(RunRequest(models=models), registry_of())["models"] == ["big=x(size=3)"]
    assert planned_options(RunRequest(models=[Spec("two words", "x", {})]), registry_of()) is None
