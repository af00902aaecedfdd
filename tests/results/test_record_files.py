"""Records as files: JSON alone or with arrays beside it, whose hash the record holds."""

import hashlib
import json

import numpy as np
import pytest
from stored_trials import manifest, trial

from seqbench.errors import StoreError
from seqbench.results.record_files import read_arrays, read_record, required_record, write_pair, write_record
from seqbench.results.records import Manifest, TrialRecord

ARRAYS = {"ids": np.arange(3), "flags": np.array([True, False])}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.json"


def pair(path):
    """A trial written with its arrays, as it is read back."""
    write_pair(path, trial(), ARRAYS, path.parent)
    return read_record(str(path), TrialRecord)


def test_a_record_comes_back_as_it_was_written(path):
    write_record(path, manifest("größer"), path.parent)
    assert read_record(str(path), Manifest) == manifest("größer")
    assert "größer" in path.read_text(encoding="utf-8")  # as people read it


def test_the_record_holds_the_hash_of_the_arrays_beside_it(path):
    record = pair(path)
    assert record.npz_sha256 == hashlib.sha256(path.with_suffix(".npz").read_bytes()).hexdigest()
    with np.load(path.with_suffix(".npz")) as arrays:
        assert {name: arrays[name].tolist() for name in arrays} == {"ids": [0, 1, 2], "flags": [True, False]}


def test_arrays_come_back_all_or_those_of_some_names(path):
    place, sha256 = str(path.with_suffix("")), pair(path).npz_sha256
    assert set(read_arrays(place, sha256, ())) == {"ids", "flags"}
    (name, ids), *others = read_arrays(place, sha256, ("ids", "gone")).items()
    assert (name, ids.tolist(), others) == ("ids", [0, 1, 2], [])


def test_arrays_that_were_changed_or_are_gone_are_refused_with_the_way_out(path):
    place, sha256 = str(path.with_suffix("")), pair(path).npz_sha256
    path.with_suffix(".npz").write_bytes(b"other")
    with pytest.raises(StoreError, match=r"a\.npz' is not the file that 'a\.json' was written with; bring it back"):
        read_arrays(place, sha256, ())
    path.with_suffix(".npz").unlink()
    with pytest.raises(StoreError, match=r"a\.npz', the file that .* cannot be read: No such file .*; bring it back"):
        read_arrays(place, sha256, ())


def test_a_record_never_stands_beside_arrays_that_are_not_its_own(path, monkeypatch):
    """A second write that is cut off between the two files leaves no record."""
    pair(path)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("seqbench.results.record_files.write_record", killed)
    with pytest.raises(KeyboardInterrupt):
        write_pair(path, trial(), {"ids": np.arange(4)}, path.parent)
    assert not path.exists()


def test_a_missing_record_is_none_or_one_message(path):
    assert read_record(str(path), Manifest) is None
    with pytest.raises(StoreError, match=r"a\.json' is not there; run the same command with the same --out again"):
        required_record(str(path), Manifest)


@pytest.mark.parametrize("text", ["{", "[]", '{"seed": "zero"}', "[" * 100_000])
def test_what_is_no_record_is_refused_with_the_file_and_the_way_out(path, text):
    path.write_text(text)
    with pytest.raises(StoreError, match=r"a\.json' cannot be read: .*; bring it back from a copy"):
        required_record(str(path), TrialRecord)


def test_a_number_that_json_does_not_have_is_not_written(path):
    with pytest.raises(ValueError, match="JSON"):
        write_record(path, trial(scores={"accuracy": float("nan")}), path.parent)
    assert not path.exists()


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path):
    with pytest.raises(StoreError, match="cannot use the run folder .*finished trials are kept"):
        write_record(tmp_path / "gone" / "a.json", manifest(), tmp_path)


def test_json_is_indented_so_that_a_change_is_seen_line_by_line(path):
    write_record(path, manifest(), path.parent)
    assert len(path.read_text().splitlines()) > len(json.loads(path.read_text()))
