"""Plans: the grid of trials, what each trial's key depends on, and what run.json says."""

import json
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
import pytest
from runs import plan_of, registry_of, run_of
from samples import Constant, Seeded, dataset

from seqbench import Contents, Dataset
from seqbench.contracts.trial import Selection
from seqbench.results.records import Manifest, SplitSizes
from seqbench.running.plan import Plan, manifest, requests, summary_of, unfinished, wanted
from seqbench.version import __version__


@dataclass(kw_only=True)
class Reading(Constant):
    """Names a file."""

    file: Annotated[str, Contents()] = ""


@dataclass(kw_only=True)
class Made(Constant):
    """Names other taggers."""

    of: list[str] = field(default_factory=list)

    @property
    def parts(self):
        return self.of


@pytest.fixture
def registry():
    return registry_of(constant=Constant, seeded=Seeded, reading=Reading, made=Made)


def test_trials_come_dataset_by_dataset_model_by_model_seed_by_seed(registry):
    other = Dataset.of("other", train=dataset().test, test=dataset().train)
    models = plan_of(registry, "constant", "s=seeded").models
    trials = list(requests(Plan([dataset(), other], models, 2)))
    assert [(trial.dataset.name, trial.label, trial.seed) for trial in trials] == [
        ("sample", "constant", 0),
        ("sample", "s", 0),
        ("sample", "s", 1),
        ("other", "constant", 0),
        ("other", "s", 0),
        ("other", "s", 1),
    ]


def test_a_trial_has_the_conditions_of_its_plan(registry, tmp_path):
    plan = plan_of(registry, "seeded", threads=2, budget=60.0, plugins=[tmp_path / "a.py"])
    (trial,) = requests(plan)
    assert (trial.spec, trial.device, trial.threads, trial.budget) == ("seeded(epochs=2, rate=1.0)", "cpu", 2, 60.0)
    assert trial.plugins == (str(tmp_path / "a.py"),)


def test_the_key_depends_on_what_determines_the_result_and_on_nothing_else(registry):
    def keys(*specs, **further):
        wanted = plan_of(registry, *specs, seeds=2)
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
        (request,) = requests(plan_of(registry, f"reading(file={str(file)!r})"))
        return request.key

    assert key("one") == key("one") != key("two")


def test_the_key_does_not_depend_on_the_folder_that_one_stands_in(registry, tmp_path, monkeypatch):
    def key():
        (request,) = requests(plan_of(registry, "reading"))  # its file is ''
        return request.key

    first = key()
    monkeypatch.chdir(tmp_path)
    assert key() == first
    (tmp_path / "new.txt").write_text("something that has nothing to do with it")
    assert key() == first


def test_the_key_of_a_composite_depends_on_the_hyperparameters_of_its_parts(registry):
    def code(*parts):
        (request,) = requests(plan_of(registry, f"made(of={list(parts)!r})"))
        return request.identity["code"]["parts"]

    assert [part["spec"] for part in code("seeded", "constant")] == ["seeded(epochs=2, rate=1.0)", "constant(tag='NN')"]
    assert code("seeded") == code("seeded(epochs=2)") != code("seeded(epochs=3)")


def test_a_budget_is_part_of_the_key_and_none_leaves_it_as_it_was(registry):
    (without,), (with_one,) = (list(requests(plan_of(registry, "constant", budget=b))) for b in (None, 60.0))
    assert "budget" not in without.identity
    assert with_one.identity == {**without.identity, "budget": 60.0}
    assert with_one.key != without.key


def test_what_is_finished_under_any_label_is_not_to_be_run_unless_all_is_to_be_fresh(registry, tmp_path):
    store = run_of(tmp_path / "run", registry, "seeded", "constant")
    for fresh in (False, True):
        plan = plan_of(registry, "again=seeded", "seeded(rate=2)", fresh=fresh)
        trials = list(requests(plan))
        assert unfinished(plan, store, trials) == (trials if fresh else trials[1:])


def test_run_json_says_all_that_belongs_to_the_run_and_what_it_was_made_with(registry):
    plan = plan_of(registry, "constant", "s=seeded", seeds=2, command=["run"], planned={"seeds": 2})
    trials = list(requests(plan))
    record = manifest(plan, trials, {"half": "always half"})
    assert msgspec.json.decode(msgspec.json.encode(record), type=Manifest) == record
    assert (record.seqbench, record.command, record.plan) == (__version__, ("run",), {"seeds": 2})
    assert [(model.label, model.spec, model.deterministic) for model in record.models] == [
        ("constant", "constant(tag='NN')", True),
        ("s", "seeded(epochs=2, rate=1.0)", False),
    ]
    assert [(trial.label, trial.seed, trial.key) for trial in record.trials] == [
        (trial.label, trial.seed, trial.key) for trial in trials
    ]
    assert record.metrics == {"half": "always half"}
    assert record.plugins[0]["name"] == "samples"
    assert {"python", "numpy"} <= set(record.versions)


def test_corpora_that_are_alike_are_a_warning_in_run_json(registry):
    again = Dataset.of("again", train=dataset().train, test=dataset().test)
    plan = Plan([dataset(), again], plan_of(registry, "constant").models)
    (warning,) = manifest(plan, [], {}).warnings
    assert "sample and again have 100 % of their different sentences in common" in warning


def test_a_trial_is_named_by_its_dataset_label_seed_and_key(registry):
    (trial,) = requests(plan_of(registry, "constant"))
    named = wanted(trial)
    assert (named.dataset, named.label, named.seed, named.key) == (dataset().fingerprint, "constant", 0, trial.key)


def test_a_dataset_is_summed_up_with_its_sizes_and_what_test_repeats_of_train():
    data = dataset()
    summary = summary_of(data.drawn_from(data, {"fold": "1/2"}))
    assert summary.sentences == SplitSizes(train=3, test=2, repeated=0)
    assert (summary.name, summary.origin, summary.drawn) == ("sample, fold 1/2", "sample", {"fold": "1/2"})
    assert json.loads(msgspec.json.encode(summary))["fingerprint"] == data.fingerprint
    repeating = Dataset(name="r", train=data.train, dev=None, test=data.train)
    assert summary_of(repeating).sentences.repeated == 3


def test_metric_and_scheme_that_choose_on_dev_are_part_of_the_key(registry):
    selections = [Selection("accuracy"), Selection("span-f1", "IOB2"), Selection("span-f1", "IOB1")]
    fingerprint = dataset().fingerprint
    plans = [plan_of(registry, "seeded", selections={fingerprint: selection}) for selection in selections]
    trials = [trial for plan in (plan_of(registry, "seeded"), *plans) for trial in requests(plan)]
    assert len({trial.key for trial in trials}) == 4
    assert trials[2].identity["select"] == {"metric": "span-f1", "scheme": "IOB2", "code": ""}
    assert trials[2].select == selections[1]
