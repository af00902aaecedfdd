"""Run folders: whole files or none, and clear words where there can be no run."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from stored_trials import KEY, manifest, trial

from seqbench.errors import StoreError
from seqbench.results.process_identity import temporary
from seqbench.results.store import Store


def test_a_trial_comes_back_as_it_was_written(tmp_path):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial(), {"ids": np.arange(3)})
    record = store.trial(trial())
    assert (record.score("accuracy"), record.identity) == (0.5, {"seed": 0})
    assert store.trial_arrays(record)["ids"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("other", [{"label": "b"}, {"key": "ba9876543210"}, {"seed": 1}])
def test_another_trial_under_the_name_of_one_is_refused(tmp_path, other):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial(**other), {"ids": np.arange(3)})
    store.trial_path(trial(**other)).rename(store.trial_path(trial()))
    with pytest.raises(StoreError, match="is not the trial that it is named after"):
        store.trial(trial())


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"seed": "zero"}', "\N{SNOWMAN}", '{"seed": NaN}', "[" * 100_000])
def test_what_is_no_record_is_refused_with_the_file_and_the_way_out(tmp_path, text):
    store = Store.create(tmp_path / "run")
    store.trial_path(trial()).write_text(text)
    with pytest.raises(StoreError, match=r"a-s0-0123456789ab\.json' cannot be read: .*makes it anew"):
        store.trial(trial())


def test_what_a_later_version_writes_beside_is_ignored(tmp_path):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial(), {"ids": np.arange(3)})
    path = store.trial_path(trial())
    path.write_text(json.dumps({**json.loads(path.read_text()), "colour": "blue"}))
    assert store.trial(trial()).score("accuracy") == 0.5


def test_arrays_without_their_json_are_no_finished_trial(tmp_path):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial(), {"ids": np.arange(3)})
    store.trial_path(trial()).unlink()
    assert store.trial(trial()) is None


def test_a_write_that_is_cut_off_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    store = Store.create(tmp_path / "run")
    store.write_manifest(manifest("first"))

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device; finished trials are kept"):
        store.write_manifest(manifest("second"))
    assert store.manifest().command == ("first",)
    assert [path.name for path in store.folder.iterdir() if path.is_file()] == ["run.json"]


def test_changed_arrays_are_noticed(tmp_path):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial(), {"ids": np.arange(3)})
    store.trial_path(trial(), ".npz").write_bytes(b"other")
    with pytest.raises(StoreError, match="is not the file that"):
        store.trial_arrays(store.trial(trial()))


def test_a_missing_file_of_arrays_is_named_with_the_way_out(tmp_path):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial(), {"ids": np.arange(3)})
    store.trial_path(trial(), ".npz").unlink()
    with pytest.raises(StoreError, match=r"a-s0-0123456789ab\.npz'.* cannot be read: No such file .* makes it anew"):
        store.trial_arrays(store.trial(trial()))


@pytest.mark.parametrize("label", ["lstm(hidden_dim=256, members=['a/b'])", "../../etc", "x" * 300, "é", "..."])
def test_any_label_makes_a_file_name_inside_the_folder(tmp_path, label):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial(label), {"ids": np.arange(3)})
    assert store.trial_path(trial(label)).resolve().parent == (tmp_path / "run" / "trials").resolve()
    assert store.trial(trial(label)).label == label


def test_a_folder_with_other_files_is_no_place_for_a_run(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other files and no run; choose another --out"):
        Store.create(tmp_path)


def test_a_file_is_no_place_for_a_run(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(StoreError, match="cannot use the run folder"):
        Store.create(file / "run")


def test_what_is_no_run_is_not_opened(tmp_path):
    with pytest.raises(StoreError, match=r"is no run: it has no run\.json"):
        Store.open(tmp_path)


def test_a_broken_json_is_named(tmp_path):
    store = Store.create(tmp_path / "run")
    store.manifest_path.write_text("{")
    with pytest.raises(StoreError, match=r"run\.json' cannot be read"):
        store.manifest()


def test_a_run_that_was_stopped_before_its_manifest_goes_on(tmp_path):
    store = Store.create(tmp_path / "run")
    temporary(store.manifest_path).write_text("{")
    assert Store.create(tmp_path / "run") == store


def test_what_dead_writers_have_left_is_swept_away_and_nothing_else(tmp_path):
    store = Store.create(tmp_path / "run")
    code = (
        "import sys, pathlib; from seqbench.results.process_identity import temporary; "
        "temporary(pathlib.Path(sys.argv[1])).touch()"
    )
    for part in (store.manifest_path, store.folder / "trials" / "a.json"):
        subprocess.run([sys.executable, "-c", code, part], check=True)
    kept = [temporary(store.manifest_path), store.folder / ".mine.tmp", store.folder / "trials" / "a.json"]
    for path in kept:
        path.touch()
    assert len(list(store.folder.rglob(".*.tmp"))) == 4
    store.sweep()
    assert {path for path in store.folder.rglob("*") if path.is_file()} == set(kept)


def test_labels_that_were_one_file_name_are_kept_apart(tmp_path):
    store = Store.create(tmp_path / "run")
    labels = ["hmm(rare=3, states=100)", "hmm(rare=3,states=100)", "模型", "基线"]
    for label in labels:
        store.write_trial(trial(label), {"ids": np.arange(3)})
    assert [store.trial(trial(label)).label for label in labels] == labels


def test_a_trial_under_the_name_of_an_older_version_is_found_by_its_content(tmp_path):
    store = Store.create(tmp_path / "run")
    store.write_trial(trial("a(b=1)"), {"ids": np.arange(3)})
    for ending in (".npz", ".json"):
        store.trial_path(trial("a(b=1)"), ending).rename(store.folder / "trials" / f"a_b_1-s0-{KEY}{ending}")
    assert store.is_finished(trial("a(b=1)"))
    assert store.trial_arrays(store.trial(trial("a(b=1)")))["ids"].tolist() == [0, 1, 2]
    assert not store.is_finished(trial("a(b,1)"))
    assert [record.label for record in store.earlier(trial("a(b=1)"))] == ["a(b=1)"]


def test_an_empty_file_is_no_finished_trial_and_neither_is_a_folder(tmp_path):
    store = Store.create(tmp_path / "run")
    path = store.trial_path(trial())
    assert store.is_damaged(trial()) == ""
    path.touch()
    assert (store.is_finished(trial()), store.trial(trial()), store.keys()) == (False, None, set())
    assert store.is_damaged(trial()).endswith("is empty: it counts as not finished")
    path.unlink()
    path.mkdir()
    assert not store.is_finished(trial())
    assert store.is_damaged(trial()).endswith("is no regular file: it counts as not finished")
