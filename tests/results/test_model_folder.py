"""Folders of kept models: whole or not there, and refused unless every file is the one that was written."""

import hashlib
import json
import os

import msgspec
import pytest
from kept import kept

from seqbench import StoreError
from seqbench.results.model_folder import place_of, read_model, read_record


@pytest.fixture
def model(tmp_path):
    return kept("baseline", tmp_path / "model")


def test_a_model_folder_says_what_the_model_is(model):
    record = read_model(model)
    assert record.spec == "baseline"
    assert record.tags == ("DET", "NN", "V")
    assert record.trained_on.name == "tutorial"
    assert record.scores["accuracy"].value == 1
    units, quantile = 2, 1.959964  # Wilson's interval of two sentences that are all right
    assert record.scores["accuracy"].ci95 == pytest.approx((1 / (1 + quantile**2 / units), 1))
    assert record.seqbench
    assert record.origin.distribution == "seqbench"


def test_every_file_is_listed_with_its_checksum(model):
    for file in read_model(model).files:
        content = (model / file.name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.bytes, file.sha256)


def test_no_absolute_path_is_written(model):
    assert str(model.parent) not in (model / "model.json").read_text()


def test_nothing_else_is_left_beside_a_model(model):
    assert [path.name for path in model.parent.iterdir()] == ["model"]


def test_a_folder_without_model_json_is_no_model(tmp_path):
    with pytest.raises(StoreError, match=r"is no model: it has no model.json; 'seqbench run --keep best'"):
        read_record(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{", "null", '{"format": 1}', "[" * 100_000])
def test_a_model_json_that_holds_something_else_is_refused(model, content):
    (model / "model.json").write_text(content)
    with pytest.raises(StoreError, match="cannot be read: "):
        read_model(model)


def test_a_model_of_a_newer_seqbench_says_so(model):
    content = json.loads((model / "model.json").read_text())
    (model / "model.json").write_text(json.dumps({**content, "format": 99, "seqbench": "9.1"}))
    with pytest.raises(StoreError, match=r"kept by a newer seqbench \('9.1'\); update this one"):
        read_model(model)


def test_a_changed_file_is_refused(model):
    with (model / "learned" / "learned.json").open("ab") as file:
        file.write(b" ")
    with pytest.raises(StoreError, match="'learned/learned.json' is not the file that model.json was written with"):
        read_model(model)


def test_a_missing_file_is_refused(model):
    (model / "learned" / "learned.safetensors").unlink()
    with pytest.raises(StoreError, match="'learned/learned.safetensors' is not there"):
        read_model(model)


def test_a_file_that_is_not_listed_is_refused(model):
    (model / "learned" / "tokenizer.py").write_text("print('executed')")
    with pytest.raises(StoreError, match="'learned/tokenizer.py' is not listed in model.json"):
        read_model(model)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "learned/../../secret", "learned\\..\\x", "model.json"])
def test_a_path_that_leads_elsewhere_is_refused(model, name):
    content = json.loads((model / "model.json").read_text())
    content["files"][0]["name"] = name
    (model / "model.json").write_text(json.dumps(content))
    with pytest.raises(StoreError, match="which is no file of a model"):
        read_model(model)


def test_a_link_is_refused(model, tmp_path):
    (tmp_path / "elsewhere").write_bytes((model / "learned" / "learned.json").read_bytes())
    (model / "learned" / "learned.json").unlink()
    (model / "learned" / "learned.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="is no plain file"):
        read_model(model)


def test_a_pipe_is_refused_and_not_waited_for(model):
    os.mkfifo(model / "learned" / "pipe")
    with pytest.raises(StoreError, match="is no plain file"):
        read_model(model)


def test_a_label_becomes_a_name_that_every_file_system_has(tmp_path):
    assert place_of(tmp_path, "big=lstm(a='x/y')", 3, "0123").name == "big_lstm_a_x_y-s3-0123"


def test_a_record_of_several_models_in_one_is_no_record(model):
    content = json.loads((model / "model.json").read_text())
    content["files"] *= 2
    (model / "model.json").write_text(json.dumps(content))
    with pytest.raises(StoreError, match="lists no file, or one twice"):
        read_model(model)


def test_a_record_has_no_more_than_it_says(model):
    assert set(json.loads((model / "model.json").read_text())) == set(msgspec.to_builtins(read_record(model)))
