"""What --data may name, and how missing splits are made."""

import gzip

import pytest

from seqbench.errors import DataError, UsageError
from seqbench.registry import Registry
from seqbench.sources import load


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def lines(*words):
    return "".join(f"{word}\tX\n\n" for word in words)


def folder(path, **files):
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name.replace("__", ".").replace("_", "-")).write_text(text)
    return path


def test_a_registered_name_is_a_dataset(registry):
    assert load("tutorial", registry).tags == ["DET", "NN", "V"]


def test_an_existing_path_wins_only_with_a_slash(registry, tmp_path, monkeypatch):
    folder(tmp_path / "tutorial", train__tsv=lines(*"abcdefgh"))
    monkeypatch.chdir(tmp_path)
    assert load("tutorial", registry).tags == ["DET", "NN", "V"]
    assert load("./tutorial", registry).tags == ["X"]


@pytest.mark.parametrize(
    "names",
    [
        ("train__tsv", "dev__tsv", "test__tsv"),
        ("en_x_ud_train__tsv", "en_x_ud_dev__tsv", "en_x_ud_test__tsv"),
        ("eng__train", "eng__testa", "eng__testb"),
        ("train__txt", "valid__txt", "test__txt"),
    ],
)
def test_files_of_a_folder_are_told_by_their_names(registry, tmp_path, names):
    texts = (lines("a", "b"), lines("c"), lines("d"))
    dataset = load(str(folder(tmp_path / "data", README__md="# x", **dict(zip(names, texts, strict=True)))), registry)
    splits = [[w for s in corpus.sentences for w in s] for corpus in (dataset.train, dataset.dev, dataset.test)]
    assert splits == [["a", "b"], ["c"], ["d"]]
    assert (dataset.name, dataset.notes) == ("data", ())


def test_missing_splits_are_cut_from_the_end_of_train_test_first(registry, tmp_path):
    dataset = load(str(folder(tmp_path / "data", train__tsv=lines(*(f"w{i}" for i in range(30))))), registry)
    assert [s[0] for s in dataset.test.sentences] == ["w27", "w28", "w29"]
    assert [s[0] for s in dataset.dev.sentences] == ["w25", "w26"]
    assert len(dataset.train) == 25
    assert len(dataset.train.sentences.vocabulary) == 25
    assert dataset.notes == (
        "there is no test file: the last 3 of 30 train sentences are test",
        "there is no dev file: the last 2 of 27 train sentences are dev",
    )


def test_a_train_split_of_one_sentence_is_fine_where_nothing_is_cut(registry, tmp_path):
    dataset = load(
        str(folder(tmp_path / "d", train__tsv=lines("a"), dev__tsv=lines("a"), test__tsv=lines("b"))), registry
    )
    assert (len(dataset.train), dataset.notes) == (1, ())


def test_a_tag_that_only_test_has_is_noted_with_its_count(registry, tmp_path):
    data = folder(tmp_path / "d", train__tsv=lines("a"), dev__tsv=lines("a"), test__tsv=lines("b") + "c\tODD\nd\tODD\n")
    (note,) = load(str(data), registry).notes
    assert note.startswith("tag 'ODD' is in test (2 tokens) but not in train")


def test_plain_and_packed_files_have_one_fingerprint(registry, tmp_path):
    plain = folder(tmp_path / "plain", train__tsv=lines(*"abcdefgh"))
    packed = folder(tmp_path / "packed")
    (packed / "train.txt.gz").write_bytes(gzip.compress(lines(*"abcdefgh").replace("\t", " ").encode()))
    changed = folder(tmp_path / "changed", train__tsv=lines(*"abcdefgx"))
    prints = [load(str(path), registry).fingerprint for path in (plain, packed, changed)]
    assert prints[0] == prints[1] != prints[2]


def test_the_choice_of_columns_changes_the_fingerprint_and_is_kept_in_the_source(registry, tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("a\tP\tX\n\n" * 5)
    plain, featured = load(str(path), registry), load(f"{path}?tags=3&features=2", registry)
    assert plain.fingerprint != featured.fingerprint
    assert list(featured.train.sentences.layers) == ["2"]
    assert load(featured.source, registry).fingerprint == featured.fingerprint


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"train__tsv": lines("a"), "train__conllu": "x"}, "could both be train"),
        ({"dev__tsv": lines("a"), "notes__md": ""}, r"has no train file .* found: dev\.tsv, notes\.md"),
        ({}, "found: nothing"),
    ],
)
def test_a_folder_that_is_no_dataset_says_what_was_found(registry, tmp_path, files, why):
    with pytest.raises(DataError, match=why):
        load(str(folder(tmp_path / "d", **files)), registry)


def test_a_name_that_is_neither_is_answered_with_the_nearest(registry):
    with pytest.raises(UsageError, match="no dataset or path is named 'gramar'. Did you mean 'grammar'"):
        load("gramar", registry)
