"""Parquet and Arrow files, as Hugging Face `datasets` lays them out."""

import json
import re

import numpy as np
import pytest

from seqbench.errors import DataError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench_datasets.readers.parquet import read

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'seqbench[parquet]'")
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

ROWS = {"tokens": [["EU", "rejects"], ["Anna"]], "ner_tags": [[1, 0], [2]], "pos": [["N", "V"], ["N"]]}
FEATURE = {"feature": {"names": ["O", "B-ORG", "B-PER"], "_type": "ClassLabel"}, "_type": "Sequence"}


def table(rows=None):
    schema = json.dumps({"info": {"features": {"ner_tags": FEATURE}}})
    return pa.table(rows or ROWS).replace_schema_metadata({"huggingface": schema})


def written(path, rows=None):
    if path.suffix == ".parquet":
        parquet.write_table(table(rows), path)
    else:
        kind = pa.ipc.new_stream if "stream" in path.name else pa.ipc.new_file
        with kind(path, table().schema) as writer:
            writer.write_table(table(rows))
    return path


@pytest.mark.parametrize("name", ["a.parquet", "stream.arrow", "file.arrow"])
def test_rows_are_sentences_and_numbers_get_the_names_that_the_file_has(tmp_path, name):
    corpus = read(written(tmp_path / name), features=("pos",))
    assert list(corpus.sentences) == [["EU", "rejects"], ["Anna"]]
    assert list(corpus.tags) == [["B-ORG", "O"], ["B-PER"]]
    assert list(corpus.sentences.layers["pos"]) == ROWS["pos"]
    assert list(read(tmp_path / name, names="x,y,z").tags) == [["y", "x"], ["z"]]
    assert list(read(tmp_path / name, tags="pos").tags) == ROWS["pos"]


def test_folders_as_datasets_saves_them_are_read_with_their_splits(tmp_path):
    for split in ("train", "validation", "test"):
        (tmp_path / split).mkdir()
        written(tmp_path / split / "data-00000-of-00001.arrow")
        (tmp_path / split / "dataset_info.json").write_text("{}")
        (tmp_path / split / "state.json").write_text("{}")
    (tmp_path / "dataset_dict.json").write_text('{"splits": ["train"]}')
    data = load(str(tmp_path), Registry.discover())
    assert [len(split) for split in (data.train, data.dev, data.test)] == [2, 2, 2]


def test_parts_of_a_split_are_read_in_a_row(tmp_path):
    for name in ("train-00000-of-00002", "train-00001-of-00002", "test-00000-of-00001", "validation-00000-of-00001"):
        written(tmp_path / f"{name}.parquet")
    data = load(str(tmp_path), Registry.discover())
    assert [len(split) for split in (data.train, data.dev, data.test)] == [4, 2, 2]


@pytest.mark.parametrize("name", ["a.parquet", "stream.arrow", "file.arrow"])
def test_damaged_files_are_one_sentence(tmp_path, name):
    path = written(tmp_path / name)
    content = path.read_bytes()
    for damaged in (b"", content[:7], content[: len(content) // 2], b"\xff" * 40 + content[40:]):
        path.write_bytes(damaged)
        with pytest.raises(DataError, match=re.escape(str(path))):
            read(path)


def test_rows_that_are_no_lists_and_files_that_unpack_without_bound_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"a.parquet:1: 'tokens' must be a list"):
        read(written(tmp_path / "a.parquet", {"tokens": ["a"], "ner_tags": ["b"]}))
    long = pa.table({"tokens": [["a" * (1 << 24)]] * 6, "ner_tags": [["b"]] * 6})
    parquet.write_table(long, tmp_path / "long.parquet", compression="zstd", use_dictionary=False)
    with pytest.raises(DataError, match=r"unpacks to more than 200 times its size"):
        read(tmp_path / "long.parquet")


def test_columns_of_one_name_are_refused_where_they_are_asked_for(tmp_path):
    words, tags = pa.array([["a"]]), pa.array([["X"]])
    doubled = pa.Table.from_arrays([words, tags, pa.array([["Y"]])], names=["tokens", "tags", "tags"])
    parquet.write_table(doubled, tmp_path / "x.parquet")
    with pytest.raises(DataError, match=r"x\.parquet: has 2 columns 'tags'; give them different names"):
        read(tmp_path / "x.parquet")


def test_offsets_that_lead_out_of_a_file_are_refused_before_anything_follows_them(tmp_path):
    path = written(tmp_path / "stream.arrow")
    offsets, outside = (np.array([0, 2, last], "<i4").tobytes() for last in (3, 2**30))
    assert offsets in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(offsets, outside))
    with pytest.raises(DataError, match=f"{path}: cannot be read as Parquet or Arrow: .* out of bounds"):
        read(path)


def test_a_type_that_pyarrow_has_no_values_for_is_one_sentence(tmp_path):
    path, texts = tmp_path / "months.arrow", pa.table({"tokens": ROWS["tokens"], "tags": ROWS["pos"]})
    with pa.ipc.new_stream(path, texts.schema) as writer:
        writer.write_table(texts)
    text, interval = (b"\x00\x00\x01" + bytes([number]) for number in (5, 11))  # of a field in the schema
    path.write_bytes(path.read_bytes().replace(text, interval, 1))
    with pytest.raises(DataError, match=f"{path}: holds values of a type that pyarrow cannot read"):
        read(path)


@pytest.mark.parametrize("inside", ["data", "snapshots/0123abc", "snapshots/0123abc/data", "only/one/way"])
def test_folders_as_a_hub_keeps_them_are_read_from_the_folder_inside(tmp_path, inside):
    (tmp_path / inside).mkdir(parents=True)
    (tmp_path / "README.md").write_text("a card")
    for split in ("train", "validation", "test"):
        written(tmp_path / inside / f"{split}-00000-of-00001.parquet")
    data = load(str(tmp_path), Registry.discover())
    assert [len(split) for split in (data.train, data.dev, data.test)] == [2, 2, 2]
    assert f"the files are those of its folder {inside.partition('/')[0]!r}" in data.notes


def test_of_several_configurations_one_is_to_be_named(tmp_path):
    for name in ("de", "en"):
        (tmp_path / name).mkdir()
        written(tmp_path / name / "train-00000-of-00001.parquet")
    with pytest.raises(DataError, match=r"2 folders inside have a train file \('de', 'en'\); name one of them"):
        load(str(tmp_path), Registry.discover())


def test_a_data_set_that_was_saved_without_splits_is_train(tmp_path):
    for number in range(2):
        written(tmp_path / f"data-0000{number}-of-00002.arrow")
    (tmp_path / "state.json").write_text("{}")
    data = load(str(tmp_path), Registry.discover())
    assert [len(split) for split in (data.train, data.dev, data.test)] == [2, 1, 1]
