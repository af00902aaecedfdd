"""Published results go beside a run where data, hyperparameters and metrics are the same, and nowhere else."""

import pytest
from msgspec.structs import replace as with_fields
from runs import plan_of, registry_of, run_of
from samples import Constant, Seeded, dataset

from seqbench import Corpus, Dataset, hookimpl
from seqbench.contracts.metric import SpanSettings
from seqbench.results.listing import list_runs
from seqbench.results.published import published_beside
from seqbench.results.rows import read
from seqbench.results.saving import save_dataset
from seqbench.results.store import Store
from seqbench.running.runner import run

OTHER = Dataset.of("sample", train=dataset().train, test=Corpus.encode([["a", "b"]], [["NN", "V"]]))


def registry(**published):
    """A registry that knows these published runs."""

    class Shelf:
        @hookimpl
        def register_published(self, register):
            for name, folder in published.items():
                register(name, folder, "a run")

    known = registry_of(constant=Constant, seeded=Seeded)
    known.add(Shelf(), "shelf")
    return known


@pytest.fixture
def own(tmp_path):
    return run_of(tmp_path / "own", registry(), "mine=constant(tag='V')")


@pytest.fixture
def theirs(tmp_path):
    return run_of(tmp_path / "theirs", registry(), "s@1=seeded", "c@1=constant(tag='V')", "n@1=constant", seeds=2)


def labels(stores):
    return [model.key.label for model in list_runs(stores).models]


def test_models_that_the_run_does_not_have_stand_beside_its_own(own, theirs):
    published = published_beside([own], registry(theirs=theirs.folder))
    assert labels([own, *published.stores]) == ["mine", "s@1", "n@1"]
    assert [row.status for row in read([own, *published.stores]).rows] == ["finished"] * 3


def test_a_model_that_was_published_before_a_field_was_added_is_the_one_that_has_its_default(own, theirs):
    models = [with_fields(model, spec=model.spec.replace("tag='NN'", "")) for model in theirs.manifest().models]
    theirs.write_manifest(with_fields(theirs.manifest(), models=models))
    known = registry(theirs=theirs.folder)
    default = run_of(own.folder.parent / "default", known, "same=constant(tag='NN')", "other=constant(tag='DET')")
    published = published_beside([default], known)
    assert published.notes[0] == "published n@1 is left out: the same model with the same settings is here already"
    assert labels([default, *published.stores]) == ["same", "other", "s@1", "c@1"]
    assert labels([own, *published_beside([own], known).stores]) == ["mine", "s@1", "n@1"]


def test_version_day_and_machine_are_told_and_what_is_here_already(own, theirs):
    manifest = with_fields(theirs.manifest(), seqbench="0.0.9", started="2026-01-31T10:00:00+00:00")
    theirs.write_manifest(with_fields(manifest, machine={"processor": "a slow one"}))
    left_out, told = published_beside([own], registry(theirs=theirs.folder)).notes
    assert left_out == "published c@1 is left out: the same model with the same settings is here already"
    assert told == (
        "sample: 2 models published by seqbench 0.0.9 on 2026-01-31; their costs were measured on a slow one"
    )


def test_the_key_of_a_trial_decides_nothing(own, tmp_path):
    """The same model under other conditions has another key, and is the same model."""
    known = registry()
    theirs = Store.create(tmp_path / "theirs")
    run(plan_of(known, "c@1=constant(tag='V')", "n@1=constant", threads=2), known, theirs, lambda _note: None)
    assert not theirs.keys() & own.keys()
    assert labels(published_beside([own], registry(theirs=theirs.folder)).stores) == ["n@1"]


def test_data_of_another_fingerprint_are_never_mixed_in(own, tmp_path):
    theirs = run_of(tmp_path / "other", registry(), "n@1=constant", data=OTHER)
    published = published_beside([own], registry(theirs=theirs.folder))
    assert published.stores == []
    theirs_is, here_is = OTHER.fingerprint, dataset().fingerprint
    other = f"theirs has the fingerprint {theirs_is}, here it is {here_is}"
    assert published.notes == [
        f"published results for sample are of other data and left out: {other}",
        f"nothing that is published goes with sample (fingerprint {here_is}); published: theirs",
    ]


def test_another_version_of_the_metrics_is_left_out(own, theirs):
    theirs.write_manifest(with_fields(theirs.manifest(), result_version=1))
    published = published_beside([own], registry(theirs=theirs.folder))
    assert published.stores == []
    assert published.notes[0].startswith("published results for sample have another version of metrics: theirs is 1,")


def test_spans_that_are_read_in_another_way_are_left_out(own, theirs):
    own.dataset_path(dataset().fingerprint).unlink()
    save_dataset(own, dataset(), spans=SpanSettings(policy="strict"))
    published = published_beside([own], registry(theirs=theirs.folder))
    assert published.stores == []
    assert "published results for sample read spans in another way" in published.notes


def test_a_folder_that_is_no_run_costs_a_note_and_nothing_else(own, theirs, tmp_path):
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged/run.json").write_text("{")
    shelf = registry(absent=tmp_path / "absent", damaged=tmp_path / "damaged", theirs=theirs.folder)
    published = published_beside([own], shelf)
    assert labels(published.stores) == ["s@1", "n@1"]
    assert [note.partition(":")[0] for note in published.notes[:2]] == [
        "published results 'absent' are left out",
        "published results 'damaged' are left out",
    ]
