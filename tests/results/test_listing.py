"""What runs asked for and what of it is finished, without a trial being read."""

import pytest
from runs import registry_of, run_of
from samples import Constant, Seeded, dataset

from seqbench import Corpus, Dataset
from seqbench.errors import UsageError
from seqbench.results.listing import list_runs, refuse_different_data, status_of
from seqbench.results.model_names import ModelKey
from seqbench.results.store import Store

OTHER = Dataset.of("other", train=dataset().test, test=dataset().train)


def registry():
    return registry_of(constant=Constant, seeded=Seeded, metrics={"half": lambda outcome: 0.5})


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return run_of(tmp_path_factory.mktemp("run"), registry(), "constant", "s=seeded", seeds=2)


def test_models_are_listed_with_their_trials_and_specs(store):
    constant, seeded = list_runs([store]).models
    run = str(store.folder.resolve())
    assert (constant.key, seeded.key) == (ModelKey(run, "constant"), ModelKey(run, "s"))
    assert (seeded.spec, seeded.deterministic, constant.deterministic) == ("seeded(epochs=2, rate=1.0)", False, True)
    assert [trial.seed for trial in constant.trials] == [0]
    assert [trial.seed for trial in seeded.trials] == [0, 1]
    assert all(model.complete for model in (constant, seeded))


def test_the_listing_says_what_metrics_are_and_names_models_by_their_labels(store):
    listing = list_runs([store])
    assert listing.metrics == {"half": "what half says"}
    assert list(listing.names.values()) == ["constant", "s"]
    assert [dataset.name for dataset in listing.datasets] == ["sample"]


def test_a_broken_trial_does_not_stop_the_listing(store, tmp_path):
    """No trial is read: any file with something in it will do."""
    copy = run_of(tmp_path / "copy", registry(), "constant", "s=seeded", seeds=2)
    for path in copy.folder.glob("trials/*.json"):
        path.write_text("{")
    assert [model.complete for model in list_runs([copy]).models] == [True, True]


def test_a_model_of_which_a_trial_is_missing_is_partly_finished(tmp_path):
    copy = run_of(tmp_path, registry(), "s=seeded", seeds=3)
    next(copy.folder.glob("trials/s-s1-*.json")).unlink()
    (model,) = list_runs([copy]).models
    assert (model.finished, model.status) == ((True, False, True), "partly_failed")
    assert [trial.seed for trial in model.finished_trials] == [0, 2]


@pytest.mark.parametrize(
    ("finished", "wanted", "status"), [(3, 3, "finished"), (1, 3, "partly_failed"), (0, 3, "failed")]
)
def test_a_status_is_told_from_how_many_are_finished(finished, wanted, status):
    assert status_of(finished, wanted) == status


def test_a_run_that_is_given_twice_counts_once(store):
    same = Store(store.folder.parent / "." / store.folder.name / ".." / store.folder.name)
    assert len(list_runs([store, same]).stores) == 1
    assert len(list_runs([store, same]).models) == 2


def test_a_model_of_two_runs_on_different_data_is_one_and_on_the_same_data_two(store, tmp_path):
    elsewhere = run_of(tmp_path / "a", registry(), "constant(tag='DET')", "s=seeded", seeds=2, data=OTHER)
    again = run_of(tmp_path / "b", registry(), "s=seeded", seeds=2)
    keys = {(model.key.label, model.key) for model in list_runs([store, elsewhere]).models}
    assert len([label for label, _ in keys if label == "s"]) == 1
    keys = {(model.key.label, model.key) for model in list_runs([store, again]).models}
    assert len([label for label, _ in keys if label == "s"]) == 2


def test_a_listing_of_some_datasets_has_their_models_only(store, tmp_path):
    elsewhere = run_of(tmp_path, registry(), "constant(tag='DET')", data=OTHER)
    listing = list_runs([store, elsewhere])
    part = listing.only([OTHER.fingerprint])
    assert [dataset.name for dataset in part.datasets] == ["other"]
    assert [model.spec for model in part.models] == ["constant(tag='DET')"]
    assert [model.spec for model in listing.models_of(OTHER.fingerprint)] == ["constant(tag='DET')"]


def test_different_data_of_one_name_are_refused_with_both_fingerprints(store, tmp_path):
    data = Dataset.of("sample", train=dataset().train, test=Corpus.encode([["a"]], [["NN"]]))
    other = run_of(tmp_path, registry(), "constant", data=data)
    refuse_different_data(list_runs([store]).datasets)
    with pytest.raises(UsageError, match=f"'sample' is not the same in these runs: {dataset().fingerprint} and "):
        refuse_different_data(list_runs([store, other]).datasets)
