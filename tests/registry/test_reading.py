"""Files read by the reader of their suffix, with options that the reader has."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from seqbench import Corpus, hookimpl
from seqbench.errors import UsageError
from seqbench.registry.data_argument import parsed
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import options_of, read, reader_of


class Plugin:
    """A reader with options of its own."""

    @hookimpl
    def register_readers(self, register):
        def made(path, *, tags=None, features=(), times: int = 1, ends_with: str = "", _hidden: int = 0):
            return Corpus.encode([["a"] * times], [["X" + ends_with] * times])

        register("made", made, [".made"])


@pytest.fixture
def registry():
    registry = Registry.discover()
    registry.add(Plugin(), "made")
    return registry


def test_keyword_only_parameters_are_options_with_their_types(registry):
    assert list(options_of(registry.readers["made"])) == ["times", "ends-with"]
    corpus = read(Path("x.made"), parsed("x.made?times=3&ends-with=7"), registry)
    assert list(corpus.tags) == [["X7"] * 3]
    with pytest.raises(UsageError, match="option 'times' of reader 'made' must be int, was: 'three'"):
        read(Path("x.made"), parsed("x.made?times=three"), registry)
    with pytest.raises(UsageError, match="no option of a path .* is named 'time'. Did you mean 'times'"):
        read(Path("x.made"), parsed("x.made?time=3"), registry)


def test_a_reader_is_chosen_by_suffix_by_name_or_by_that_of_a_member(registry):
    assert reader_of(Path("x.TSV.bz2"), parsed("x"), registry).name == "columns"
    assert reader_of(Path("x"), parsed("x?reader=conllu"), registry).name == "conllu"
    assert reader_of(Path("x.zip"), parsed("x.zip?member=a/train.conllu"), registry).name == "conllu"


def test_a_zip_of_several_files_is_answered_with_their_names(registry, tmp_path):
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("train.txt", "a X")
        archive.writestr("dev.txt", "a X")
    with pytest.raises(UsageError, match=r"x\.zip' holds train\.txt, dev\.txt; unpack it and name the folder, or name"):
        reader_of(tmp_path / "x.zip", parsed(str(tmp_path / "x.zip")), registry)


def test_options_of_a_path_are_kept_in_the_source_and_load_the_same_again(registry, tmp_path):
    path = tmp_path / "x.csv.txt"
    path.write_bytes("skipped\nID;Wort;Tag\n".encode("latin-1") + "1;Käse;N\n2;aß;V\n\n".encode("latin-1") * 9)
    text = f"{path}?skip=1&header=1&separator=%3B&encoding=latin-1&words=Wort&tags=Tag"
    dataset = load(text, registry)
    assert dataset.train.sentences[0] == ["Käse", "aß"]
    assert dataset.tags == ["N", "V"]
    assert load(dataset.source, registry).fingerprint == dataset.fingerprint


@pytest.mark.parametrize("value", ["yes", "2", "-1", "true"])
def test_an_option_that_is_on_or_off_is_refused_for_anything_else(registry, tmp_path, value):
    (tmp_path / "a.tsv").write_text("a\tX\nb\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"option 'skip-bad' of reader 'columns' must be 0 or 1, was: '{value}'"):
        read(tmp_path / "a.tsv", parsed(f"{tmp_path}/a.tsv?skip-bad={value}"), registry)
