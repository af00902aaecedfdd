"""Train, dev and test: recognised by the names of files, or cut from train."""

import re
from pathlib import Path

import pytest

from seqbench import Corpus
from seqbench.data.splits import split_files, suffix_of, with_all_splits
from seqbench.errors import DataError


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.conllu", ".conllu"),
        ("a.TXT.gz", ".txt"),
        ("a.b.tsv", ".tsv"),
        ("train", ""),
        ("a.gz", ""),
        ("a.tsv.BZ2", ".tsv"),
        ("a.tsv.xz", ".tsv"),
        ("a.tsv.zip", ".tsv"),
    ],
)
def test_the_format_of_a_file_is_its_last_suffix_before_that_of_packing(name, suffix):
    assert suffix_of(Path(name)) == suffix


def folder(path, *names):
    for name in names:
        (path / name).touch()
    return path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["train.tsv", "dev.tsv", "test.tsv"], ["train", "dev", "test"]),
        (["en-ud-train.tsv", "en-ud-dev.tsv", "en-ud-test.tsv"], ["train", "dev", "test"]),
        (["Training.tsv", "validation.tsv", "x_testb.tsv"], ["train", "dev", "test"]),
        (["train.tsv", "testa.tsv"], ["train", "dev"]),
        (["train.tsv", "development.tsv", "x_eval.tsv"], ["train", "dev", "test"]),
        (["train.tsv", "test.tsv", "x_eval.tsv"], ["train", "dev", "test"]),
        (["train.tsv", "x_eval.tsv"], ["train", "test"]),
        (["train.tsv.gz", "dev.tsv.bz2", "test.tsv.xz"], ["train", "dev", "test"]),
        (["train.tsv", "latest.tsv", "trainer.tsv"], ["train"]),
        (["train.tsv", ".test.tsv", "test.doc"], ["train"]),
        (["wnut17train.tsv", "emerging.dev.tsv", "emerging.test.tsv"], ["train", "dev", "test"]),
        (["x17train.tsv", "train.tsv", "2test.tsv"], ["train", "test"]),
        (["train.tsv", "4tests.tsv", "test1.tsv", "1test2.tsv"], ["train"]),
    ],
)
def test_a_split_is_a_word_of_a_file_s_name(tmp_path, names, expected):
    files = split_files(folder(tmp_path, *names), [".tsv"], strict=True).files
    assert list(files) == expected
    assert all(file.parent == tmp_path for listed in files.values() for file in listed)


def test_files_of_other_suffixes_count_where_no_other_is_train_unless_it_is_strict(tmp_path):
    folder(tmp_path, "train.doc", "test.tsv")
    (train,) = split_files(tmp_path, [".tsv"], strict=False).files["train"]
    assert train.name == "train.doc"
    with pytest.raises(DataError, match=r"no reader is known for 'train\.doc' \(known: \.tsv\); .*\?reader=NAME"):
        split_files(tmp_path, [".tsv"], strict=True)


def test_files_of_folders_called_like_splits_are_their_files_in_order(tmp_path):
    for name in ("train", "Dev", "test", "other"):
        folder_of = tmp_path / name
        folder_of.mkdir()
        folder(folder_of, "b.tsv", "a.tsv.bz2", "notes.md", ".hidden.tsv")
    files = split_files(tmp_path, [".tsv"], strict=True).files
    assert {split: [file.name for file in listed] for split, listed in files.items()} == {
        split: ["a.tsv.bz2", "b.tsv"] for split in ("train", "dev", "test")
    }


@pytest.mark.parametrize("name", ["train.tsv.zst", "train.tar.gz", "train.7z", "train.tsv.Z"])
def test_a_file_that_is_packed_in_another_way_is_to_be_unpacked(tmp_path, name):
    with pytest.raises(DataError, match=rf"'{name}' is packed in a way that is not read; unpack it \(gz, bz2, xz and"):
        split_files(folder(tmp_path, name), [".tsv"], strict=True)


def test_what_is_not_used_is_said(tmp_path):
    folder(tmp_path, "train.tsv", "test.doc", "further.tsv", "README.tsv", "LICENSE.tsv", "x.py")
    assert split_files(tmp_path, [".tsv"], strict=True).notes == ("not used: further.tsv, test.doc",)


def test_two_files_for_one_split_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"'train-a\.tsv' and 'train-b\.tsv' could both be train; .*\?reader=NAME"):
        split_files(folder(tmp_path, "train-a.tsv", "train-b.tsv"), [".tsv"], strict=True)


def test_a_folder_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(DataError, match=rf"{re.escape(str(tmp_path / 'none'))}: cannot be read"):
        split_files(tmp_path / "none", [".tsv"], strict=True)


def sentences(count):
    return Corpus.encode([[f"w{number}"] for number in range(count)], [["X"]] * count)


@pytest.mark.parametrize(("count", "size"), [(2, 1), (10, 1), (19, 1), (20, 2), (29, 2)])
def test_a_tenth_is_cut_but_at_least_one_sentence(count, size):
    splits, _ = with_all_splits(Path("x"), {"train": sentences(count), "dev": sentences(1)})
    assert (len(splits["train"]), len(splits["test"])) == (count - size, size)


def test_test_is_cut_first_from_the_end_and_then_dev_from_the_rest():
    splits, notes = with_all_splits(Path("x"), {"train": sentences(30)})
    assert [s[0] for s in splits["test"].sentences] == ["w27", "w28", "w29"]
    assert [s[0] for s in splits["dev"].sentences] == ["w25", "w26"]
    assert notes == [
        "there is no test file: the last 3 of 30 train sentences are test",
        "there is no dev file: the last 2 of 27 train sentences are dev",
    ]


def test_splits_that_are_there_stay_as_they_are():
    known = {"train": sentences(1), "dev": sentences(2), "test": sentences(3)}
    assert with_all_splits(Path("x"), known) == (known, [])


@pytest.mark.parametrize(("count", "missing"), [(1, "test"), (2, "dev")])
def test_a_train_split_too_small_to_cut_is_refused(count, missing):
    with pytest.raises(DataError, match=rf"x: has too few sentences \(1 left\) to cut {missing} from train"):
        with_all_splits(Path("x"), {"train": sentences(count)})


def test_one_sentence_of_all_tokens_is_refused_with_the_likely_cause():
    train = Corpus.encode([["a"] * 160], [["X"] * 160])
    why = r"to cut test from train: 160 tokens are one sentence: is the empty line after each sentence missing\?$"
    with pytest.raises(DataError, match=why):
        with_all_splits(Path("x"), {"train": train})


def test_a_split_that_is_a_link_to_nothing_is_refused_and_not_cut_from_train(tmp_path):
    (tmp_path / "train.txt").write_text("a\tX\n")
    (tmp_path / "notes.txt").symlink_to("nowhere.txt")
    assert set(split_files(tmp_path, [".txt"], strict=True).files) == {"train"}
    (tmp_path / "test.txt").symlink_to("nowhere.txt")
    with pytest.raises(DataError, match=r"'test\.txt' is a link to a file that is not there; fetch it, or remove it"):
        split_files(tmp_path, [".txt"], strict=True)
