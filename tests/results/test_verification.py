"""Scores of a run taken again from what lies in its folder: an honest run is right, and any change is found."""

import shutil

import numpy as np
import pytest
from msgspec.structs import replace
from program import called
from runs import registry_of, run_of
from samples import Constant

from seqbench.contracts.trial_key import key_of
from seqbench.data.ceilings import Ceilings
from seqbench.registry.discovery import Registry
from seqbench.results.store import Store
from seqbench.results.verification import verify


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A corpus with a finished run on it, whose files are read again."""
    folder = tmp_path_factory.mktemp("verified")
    (folder / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 10)
    options = ["--models", "baseline,perceptron", "--seeds", "2", "--device", "cpu", "--out", "run", "--quiet"]
    assert called("run", "--data", folder / "small.tsv", *options, cwd=folder).returncode == 0
    return folder


@pytest.fixture
def store(original, tmp_path):
    """A copy of the run and its corpus, to be changed."""
    return Store(shutil.copytree(original, tmp_path / "copy") / "run")


def score(store, record):
    store.write_trial(replace(record, scores={**record.scores, "accuracy": 0.5}), store.trial_arrays(record))


def score_of_a_tag(store, record):
    first, *others = record.per_tag
    scores = {**record.scores, "per_tag": (replace(first, f1=0.25), *others)}
    store.write_trial(replace(record, scores=scores), store.trial_arrays(record))


def predictions(store, record):
    arrays = {**store.trial_arrays(record)}
    arrays["predicted"] = np.zeros_like(arrays["predicted"])
    store.write_trial(record, arrays)


def number_of_predictions(store, record):
    arrays = {**store.trial_arrays(record)}
    arrays["predicted"] = arrays["predicted"][:-1]
    store.write_trial(record, arrays)


def bytes_of_predictions(store, record):
    store.trial_path(record, ".npz").write_bytes(b"nothing")


def identity(store, record):
    store.write_trial(replace(record, identity={**record.identity, "threads": 8}), store.trial_arrays(record))


def dataset(store, record):
    identity = {**record.identity, "dataset": "0" * 32}
    forged = replace(record, identity=identity, key=key_of(identity))
    store.write_trial(forged, store.trial_arrays(record))
    manifest = store.manifest()
    wanted = [replace(trial, key=forged.key) if trial.key == record.key else trial for trial in manifest.trials]
    store.write_manifest(replace(manifest, trials=tuple(wanted)))


def gold(store, _record):
    (data,) = (store.folder / "data").glob("*.json")
    record = store.dataset(data.stem)
    arrays = {**store.dataset_arrays(record)}
    arrays["gold"] = arrays["gold"][::-1].copy()
    store.write_dataset(record, arrays)


def scores_deleted(store, record):
    scores = {name: value for name, value in record.scores.items() if name != "macro_f1"}
    store.write_trial(replace(record, scores=scores), store.trial_arrays(record))


def certainty(store, record):
    values = np.tile(np.array([[0.9], [0.1], [0.85]], np.float32), 3)
    store.write_trial(record, {**store.trial_arrays(record), "certainty": values})


def document_starts(store, _record):
    (data,) = (store.folder / "data").glob("*.json")
    kept = store.dataset(data.stem)
    store.write_dataset(kept, {**store.dataset_arrays(kept), "document_starts": np.array([0])})


def seed_dropped(store, _record):
    manifest = store.manifest()
    store.write_manifest(replace(manifest, trials=tuple(t for t in manifest.trials if t.seed == 0)))


def model_dropped(store, _record):
    manifest = store.manifest()
    models = tuple(model for model in manifest.models if model.label != "perceptron")
    trials = tuple(trial for trial in manifest.trials if trial.label != "perceptron")
    store.write_manifest(replace(manifest, models=models, trials=trials, plan=None))


def spec(store, _record):
    manifest = store.manifest()
    models = tuple(replace(model, spec="baseline(order=2)") for model in manifest.models)
    store.write_manifest(replace(manifest, models=models))


def ceiling(store, _record):
    manifest = store.manifest()
    store.write_manifest(replace(manifest, datasets=(replace(manifest.datasets[0], ceiling=0.5),)))


def ceilings(store, _record):
    manifest = store.manifest()
    known = Ceilings(any=1, left_to_right=0.5)
    store.write_manifest(replace(manifest, datasets=(replace(manifest.datasets[0], ceilings=known),)))


def folder_in_its_place(store, record):
    path = store.trial_path(record)
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (scores_deleted, "baseline, seed 0, on small: macro_f1 is not there"),
        (certainty, "its certainty contradicts itself or its predictions at 3 of 3 tokens"),
        (document_starts, "dataset small: document_starts are not those of its corpus"),
        (seed_dropped, "run.json names other seeds of perceptron on small than were asked for"),
        (model_dropped, "a finished trial lies here that run.json does not name"),
        (spec, "baseline, seed 0, on small: it was made with another spec than run.json says"),
        (ceiling, "dataset small: its ceiling in run.json is not that of its record"),
        (ceilings, "dataset small: its ceiling in run.json is not that of its record"),
        (folder_in_its_place, "baseline, seed 0, on small: '"),
        (score, "baseline, seed 0, on small: accuracy is not what its predictions give: 0.5 is kept, 1.0 comes out"),
        (score_of_a_tag, "baseline, seed 0, on small: per_tag is not what its predictions give"),
        (predictions, "baseline, seed 0, on small: the confusion matrix is not that of its predictions"),
        (number_of_predictions, "baseline, seed 0, on small: it has 2 predictions for 3 tokens"),
        (bytes_of_predictions, "is not the file that"),
        (identity, "baseline, seed 0, on small: what determines it does not give its key"),
        (dataset, "baseline, seed 0, on small: it was made on other data than run.json says"),
        (gold, "dataset small: the gold tags that lie here are not those of its corpus"),
    ],
)
def test_whatever_was_changed_is_found(store, forge, why):
    (record,) = store.finished_trials("baseline-*")
    forge(store, record)
    assert any(why in wrong for wrong in verify(store, Registry.discover(points=())).wrong)


def test_a_trial_lists_all_scores_that_it_has(store):
    assert all(record.score_names == tuple(record.scores) for record in store.finished_trials("*"))


def test_an_honest_run_is_right(store):
    verification = verify(store, Registry.discover(points=()))
    assert (verification.trials, verification.wrong, verification.unknown) == (3, [], [])


def test_a_score_that_is_younger_than_a_trial_is_not_compared_and_that_is_said(store):
    (record,) = store.finished_trials("baseline-*")
    names = tuple(name for name in record.score_names if name != "macro_f1")
    older = replace(record, scores={name: record.scores[name] for name in names}, score_names=names)
    store.write_trial(older, store.trial_arrays(record))
    verification = verify(store, Registry.discover(points=()))
    assert verification.wrong == []
    assert verification.unknown == ["macro_f1: there are trials made before seqbench computed it"]


def test_a_trial_that_is_not_finished_is_not_looked_at_and_that_is_said(store):
    next(store.folder.glob("trials/perceptron-s1-*.json")).unlink()
    verification = verify(store, Registry.discover(points=()))
    assert (verification.trials, verification.wrong) == (2, [])
    assert verification.unknown == ["perceptron, seed 1, on small: not finished"]


def test_a_metric_is_taken_again_and_one_that_is_gone_is_said(tmp_path):
    registry = registry_of(constant=Constant, metrics={"half": lambda outcome: 0.5})
    store = run_of(tmp_path / "run", registry, "constant")
    other = registry_of(constant=Constant, metrics={"half": lambda outcome: 0.25})
    name = "constant, seed 0, on sample"
    assert verify(store, other).wrong == [f"{name}: half is not what its predictions give: 0.5 is kept, 0.25 comes out"]
    gone = verify(store, registry_of(constant=Constant))
    assert gone.wrong == []
    assert "half: not recomputed, nothing that computes it is installed" in gone.unknown


def test_a_corpus_that_is_gone_is_said_and_is_no_difference(tmp_path):
    """The dataset of this run was made in memory: no corpus lies anywhere."""
    registry = registry_of(constant=Constant)
    verification = verify(run_of(tmp_path / "run", registry, "constant"), registry)
    assert verification.wrong == []
    (unknown,) = verification.unknown
    assert unknown.startswith("dataset sample: its gold tags were not compared with its corpus: ")


def test_a_dataset_without_its_record_is_wrong(store):
    for path in (store.folder / "data").iterdir():
        path.unlink()
    (wrong,) = verify(store, Registry.discover(points=())).wrong
    assert wrong.startswith("dataset small: ")
