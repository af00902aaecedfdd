"""What --data may name, and how missing splits are made."""

import bz2
import gzip
import re
from urllib.parse import urlencode

import pytest

from seqbench import About, Corpus, DataAccess, Dataset, Sequences, Splits, hookimpl
from seqbench.errors import DataError, UsageError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


ONE_TAG = "train has one tag only: there is nothing to learn"


def lines(*words):
    return "".join(f"{word}\tX\n\n" for word in words)


def folder(path, **files):
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        file = path / name.replace("__", ".").replace("_", "-")
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
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
    assert dataset.name == "data"
    assert dataset.notes == (ONE_TAG, "dev is one sentence (1 token): what it chooses is left to chance")


def test_missing_splits_are_cut_from_the_end_of_train_test_first(registry, tmp_path):
    dataset = load(str(folder(tmp_path / "data", train__tsv=lines(*(f"w{i}" for i in range(30))))), registry)
    assert [s[0] for s in dataset.test.sentences] == ["w27", "w28", "w29"]
    assert [s[0] for s in dataset.dev.sentences] == ["w25", "w26"]
    assert len(dataset.train) == 25
    assert len(dataset.train.sentences.vocabulary) == 25
    assert dataset.notes == (
        "there is no test file: the last 3 of 30 train sentences are test",
        "there is no dev file: the last 2 of 27 train sentences are dev",
        ONE_TAG,
    )


def test_a_train_split_of_one_sentence_is_fine_where_nothing_is_cut(registry, tmp_path):
    dataset = load(
        str(folder(tmp_path / "d", train__tsv=lines("a"), dev__tsv=lines("c"), test__tsv=lines("b"))), registry
    )
    assert (len(dataset.train), dataset.notes) == (1, (ONE_TAG,))


def test_a_tag_that_only_test_has_is_noted_with_its_count(registry, tmp_path):
    data = folder(tmp_path / "d", train__tsv=lines("a"), dev__tsv=lines("d"), test__tsv=lines("b") + "c\tODD\nd\tODD\n")
    _, note, small = load(str(data), registry).notes
    assert small == "train is smaller than test (1 tokens, test has 3)"
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
        ({"data/train__tsv": lines("a")}, "has too few sentences"),
        ({"a/train__tsv": lines("a"), "b/train__tsv": lines("b")}, r"2 folders inside have a train file \('a', 'b'\)"),
    ],
)
def test_a_folder_that_is_no_dataset_says_what_was_found(registry, tmp_path, files, why):
    with pytest.raises(DataError, match=why):
        load(str(folder(tmp_path / "d", **files)), registry)


def test_a_name_that_is_neither_is_answered_with_the_nearest(registry):
    with pytest.raises(UsageError, match="no dataset or path is named 'gramar'. Did you mean 'grammar'"):
        load("gramar", registry)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("grammar(sentences=two)", "grammar?sentences=two"),
        ("grammar(train=9, dev=8)", "grammar?train=9&dev=8"),
        ("grammar()", "grammar"),
    ],
)
def test_options_in_brackets_are_answered_with_the_question_mark(registry, typed, meant):
    with pytest.raises(UsageError, match=re.escape(f"behind a question mark; did you mean {meant!r}?")):
        load(typed, registry)


def test_a_name_too_long_for_a_file_is_answered_like_any_other(registry):
    with pytest.raises(UsageError, match="no dataset or path is named"):
        load("x" * 300, registry)


def test_of_many_names_the_three_nearest_are_told(registry):
    with pytest.raises(
        UsageError, match=r"named 'masakhaner-sw'. Did you mean '.*', '.*' or '.*'\? Datasets: \d+ in all"
    ):
        load("masakhaner-sw", registry)


def test_a_name_that_only_titles_have_is_answered_with_these(registry):
    with pytest.raises(UsageError, match=r"Titles that have 'Hausa': masakhaner2-hau, masakhapos-hau\. A path"):
        load("Hausa", registry)


def test_a_missing_file_is_answered_with_the_files_beside_it_and_not_with_corpora(registry, tmp_path):
    (tmp_path / "train.txt").write_text("a X\n")
    with pytest.raises(UsageError, match=r"is named '.*trian\.txt'. Did you mean 'train\.txt'\? The folder is '"):
        load(str(tmp_path / "trian.txt"), registry)
    with pytest.raises(UsageError, match=r"there is no folder '.*none'\.$"):
        load(str(tmp_path / "none" / "x.conllu"), registry)


def test_a_home_that_nobody_has_is_no_path(registry):
    with pytest.raises(UsageError, match="no dataset or path is named '~nobody-of-that-name/x'"):
        load("~nobody-of-that-name/x", registry)


def test_a_quoted_path_may_start_with_the_home(registry, tmp_path, monkeypatch):
    folder(tmp_path / "data", train__tsv=lines(*"abcdefgh"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load("~/data?tags=2", registry).name == "data"


@pytest.mark.parametrize("text", ["", "?tags=2", "tutorial?seed", "tutorial?seed=", "tutorial?seed=1&seed=2"])
def test_an_argument_without_name_or_with_half_an_option_is_refused(registry, text):
    with pytest.raises(UsageError, match=r"a dataset's name or a path|given once and have a value"):
        load(text, registry)


def test_two_formats_side_by_side_are_told_apart_by_naming_the_reader(registry, tmp_path):
    word = "1\tdog\tdog\tNOUN\tNN\t_\t0\troot\t_\t_\n\n"
    names = {f"x_ud_{split}": word for split in ("train", "dev", "test")}
    data = folder(tmp_path / "d", **{f"{name}__conllu": text for name, text in names.items()})
    folder(data, **dict.fromkeys((f"{name}__txt" for name in names), "A dog.\n"))
    with pytest.raises(DataError, match=r"'x-ud-dev\.conllu' and 'x-ud-dev\.txt' could both be dev; .*\?reader=NAME"):
        load(str(data), registry)
    assert load(f"{data}?reader=conllu", registry).tags == ["NOUN"]


def test_a_named_reader_reads_files_of_any_name(registry, tmp_path):
    data = folder(tmp_path / "d", train__marked=lines(*"abcdefgh"))
    with pytest.raises(DataError, match=r"no reader is known for 'train\.marked'"):
        load(str(data), registry)
    assert load(f"{data}?reader=columns", registry).tags == ["X"]
    with pytest.raises(UsageError, match="no reader is known for"):
        load(str(data / "train.marked"), registry)
    with pytest.raises(UsageError, match="no reader is named 'column'. Did you mean 'columns'"):
        load(f"{data}?reader=column", registry)


def test_of_faults_in_several_files_that_of_train_is_told(registry, tmp_path):
    data = folder(tmp_path / "d", train__tsv="a\n", dev__tsv="a\n", test__tsv="a\n")
    with pytest.raises(DataError, match=r"train\.tsv: has one column"):
        load(str(data), registry)


def test_hidden_files_are_no_splits(registry, tmp_path):
    data = folder(tmp_path / "d", train__tsv=lines(*"abcdefgh"), ____train__tsv="x")
    assert (data / "..train.tsv").is_file()
    assert load(str(data), registry).tags == ["X"]


def test_a_single_file_is_train_and_gives_the_dataset_its_name(registry, tmp_path):
    path = tmp_path / "news.tsv.gz"
    path.write_bytes(gzip.compress(lines(*"abcdefgh").encode()))
    dataset = load(str(path), registry)
    assert (dataset.name, len(dataset.train), dataset.source) == ("news", 6, str(path))


@pytest.mark.parametrize(("count", "missing"), [(1, "test"), (2, "dev")])
def test_a_corpus_too_small_to_cut_is_refused(registry, tmp_path, count, missing):
    path = tmp_path / "x.tsv"
    path.write_text(lines("a") * count)
    with pytest.raises(DataError, match=rf"x\.tsv: has too few sentences \(1 left\) to cut {missing} from train"):
        load(str(path), registry)


class Plugin:
    """A dataset whose test has a tag of its own, and a reader that sees a layer in train only."""

    @hookimpl
    def register_datasets(self, register):
        def made(*, words: int, tag: str = "X") -> Dataset:
            train, test = Corpus.encode([["a"] * words], [["X"] * words]), Corpus.encode([["a"]], [[tag]])
            return Dataset.of("made", train=train, test=test)

        register("made", made, "made up")

    @hookimpl
    def register_readers(self, register):
        def read(path, *, tags=None, features=()):
            words = Sequences.encode([["a"]])
            layers = {"pos": words} if path.name.startswith("train") else {}
            return Corpus(Sequences(words.ids, words.offsets, words.vocabulary, layers), words)

        register("odd", read, [".odd"])


@pytest.fixture
def odd():
    registry = Registry.discover()
    registry.add(Plugin(), "odd")
    return registry


def test_options_of_a_dataset_have_the_types_of_its_function(odd):
    dataset = load("made?words=3&tag=7", odd)
    assert (dataset.train.tokens, dataset.source) == (3, "made?words=3&tag=7")
    assert dataset.notes[-1] == "tag '7' is in test (1 token) but not in train: these tokens always count as wrong"
    with pytest.raises(UsageError, match="option 'words' of dataset 'made' must be int, was: 'three'"):
        load("made?words=three", odd)
    with pytest.raises(UsageError, match=r"dataset 'made' needs an option: made\?words=\.\.\."):
        load("made", odd)
    with pytest.raises(UsageError, match="no option of dataset made is named 'word'. Did you mean 'words'"):
        load("made?word=3", odd)


def test_splits_with_different_layers_are_refused(odd, tmp_path):
    data = folder(tmp_path / "d", train__odd="", dev__odd="", test__odd="")
    with pytest.raises(DataError, match=r"dev has other feature columns than train \(pos\)"):
        load(str(data), odd)


def test_a_split_may_lie_in_several_packed_files_of_a_folder(registry, tmp_path):
    data = folder(tmp_path / "d")
    for split, texts in {"train": ("a", "b"), "dev": ("c",), "test": ("d", "a")}.items():
        folder(data / split, **{f"part{number}__tsv": lines(text) for number, text in enumerate(texts)})
    (data / "train" / "part2.tsv.bz2").write_bytes(bz2.compress(lines("e").encode()))
    dataset = load(str(data), registry)
    assert [sentence[0] for sentence in dataset.train.sentences] == ["a", "b", "e"]
    assert [sentence[0] for sentence in dataset.test.sentences] == ["d", "a"]


class TestOnly:
    """A dataset with a test set only, another with train and dev, and one that says which folders it was handed."""

    @hookimpl
    def register_datasets(self, register):
        def tested() -> Splits:
            return Splits(name="tested", test=Corpus.encode([["a", "b"]], [["X", "Y"]]), notes=("about the test",))

        def taught(access: DataAccess, /) -> Splits:
            assert access.offline
            train = Corpus.encode([["a"]] * 30, [["X"]] * 30)
            return Splits(name="taught", train=train, dev=Corpus.encode([["b"]] * 2, [["Y"]] * 2))

        register("tested", tested, "test only", about=About(task="pos", language="eo", sizes={"test": (1, 2)}))
        register("taught", taught, "train and dev")


@pytest.fixture
def apart():
    registry = Registry.discover()
    registry.access = DataAccess(offline=True)
    registry.add(TestOnly(), "apart")
    return registry


def test_facts_about_a_dataset_are_known_without_loading_it(apart):
    assert apart.datasets["tested"].about == About(task="pos", language="eo", sizes={"test": (1, 2)})
    assert apart.datasets["taught"].about == About()


def test_a_test_set_alone_is_tested_with_what_was_learned_on_another_corpus(apart):
    with pytest.raises(
        DataError, match=r"dataset 'tested' has no training set; .* --train NAME, or 'tested\?train=NAME'"
    ):
        load("tested", apart)
    dataset = load("tested?train=taught", apart)
    assert [len(split) for split in (dataset.train, dataset.dev, dataset.test)] == [30, 2, 1]
    assert (dataset.name, dataset.source, dataset.notes[0]) == ("tested", "tested?train=taught", "about the test")
    assert load(dataset.source, apart).fingerprint == dataset.fingerprint
    assert load("tested?train=taught&dev=none", apart).dev is None
    with pytest.raises(DataError, match="'tested' has no train set"):
        load("taught?train=tested", apart)


def test_a_missing_split_of_a_registered_dataset_is_cut_as_that_of_a_folder_is(apart):
    dataset = load("taught", apart)
    assert [len(split) for split in (dataset.train, dataset.dev, dataset.test)] == [27, 2, 3]
    assert dataset.notes[0] == "there is no test file: the last 3 of 30 train sentences are test"


def test_a_file_may_be_tested_with_what_was_learned_on_a_registered_corpus(apart, tmp_path):
    (tmp_path / "gold.tsv").write_text("a\tX\tP\n\n")
    dataset = load(f"{tmp_path / 'gold.tsv'}?tags=2&train=taught", apart)
    assert (len(dataset.train), len(dataset.test), dataset.tags) == (30, 1, ["X"])
    folder(tmp_path / "d", test__tsv="b\tY\n\n")
    assert len(load(f"{tmp_path / 'd'}?train=taught", apart).test) == 1


def test_train_is_looked_for_beside_the_test_file(registry, tmp_path):
    data = folder(tmp_path / "d", train__tsv=lines(*"abcdefghijkl"), test__tsv=lines("b"))
    dataset = load(f"{data}/test.tsv?train=train.tsv", registry)
    assert dataset.source == f"{data}/test.tsv?" + urlencode({"train": f"{data}/train.tsv"})
    assert load(dataset.source, registry).fingerprint == dataset.fingerprint


def test_dev_is_cut_from_train_however_the_data_are_named(registry, tmp_path):
    data = folder(tmp_path / "d", train__tsv=lines(*"abcdefghijkl"), test__tsv=lines("b"))
    by_folder, by_file = load(str(data), registry), load(f"{data}/test.tsv?train=train.tsv", registry)
    assert by_folder.fingerprint == by_file.fingerprint
    assert load(f"{data}?dev=none", registry).fingerprint != by_folder.fingerprint
    assert load(f"{data}?dev=none", registry).dev is None
