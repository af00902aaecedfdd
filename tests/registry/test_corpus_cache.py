"""Corpora of large files, kept encoded in the cache of the user."""

import os
from dataclasses import replace

import pytest
from program import called

from seqbench import Corpus, DataAccess, DataError, hookimpl
from seqbench.registry import corpus_cache
from seqbench.registry.corpus_cache import clear, folder_of, kept_files
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

TEXT = "Anna\tB-PER\nleft\tO\n\nBonn\tB-LOC\n"


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A column file that counts as large."""
    monkeypatch.setattr(corpus_cache, "LARGE", len(TEXT))
    path = tmp_path / "large.tsv"
    path.write_text(TEXT)
    return path


@pytest.fixture
def registry(tmp_path):
    registry = Registry.discover()
    registry.access = DataAccess(cache=tmp_path / "cache")
    return registry


def words(path, registry, options=""):
    return list(read(path, parsed(f"{path}{options}"), registry).sentences)


def folders(registry):
    return sorted(path.name for path in folder_of(registry.access).iterdir())


def test_a_large_file_is_read_once_and_opened_from_the_cache_then(large, registry):
    said = []
    registry.access = replace(registry.access, tell=said.append)
    first = read(large, parsed(str(large)), registry)
    (kept,) = folders(registry)
    index = folder_of(registry.access) / kept / "arrays" / "corpus.json"
    written = index.stat().st_mtime_ns
    again = read(large, parsed(str(large)), registry)
    assert index.stat().st_mtime_ns == written
    assert again.digest() == first.digest()
    (sentence,) = said
    assert sentence.startswith(f"{large}: kept encoded in the cache (0.")
    assert [again.origins[sentence].line for sentence in (0, 1)] == [1, 4]


def test_a_small_file_is_not_kept(large, registry):
    small = large.with_name("small.tsv")
    small.write_text(TEXT[:-1])
    assert words(small, registry) == [["Anna", "left"], ["Bonn"]]
    assert not folder_of(registry.access).exists()


def test_a_file_that_changed_is_read_again_and_its_older_state_is_removed(large, registry):
    words(large, registry)
    before = folders(registry)
    status = large.stat()
    large.write_text(TEXT.replace("Anna", "Otto"))
    os.utime(large, ns=(status.st_atime_ns, status.st_mtime_ns))  # only the time of the status tells
    assert words(large, registry) == [["Otto", "left"], ["Bonn"]]
    assert len(folders(registry)) == 1
    assert folders(registry) != before


def test_other_options_are_another_corpus(large, registry):
    assert words(large, registry) == [["Anna", "left"], ["Bonn"]]
    assert words(large, registry, "?words=2&tags=1") == [["B-PER", "O"], ["B-LOC"]]
    assert len(folders(registry)) == 2


def test_a_damaged_corpus_is_written_again(large, registry):
    first = read(large, parsed(str(large)), registry).digest()
    for path in (folder_of(registry.access) / folders(registry)[0] / "arrays").iterdir():
        path.write_bytes(b"\0" + path.read_bytes()[1:])
        assert read(large, parsed(str(large)), registry).digest() == first


def test_a_faulty_file_leaves_nothing_in_the_cache(large, registry):
    large.write_text(f"{TEXT}three\tcells\there\n")
    with pytest.raises(DataError, match="large.tsv:5: 3 columns, expected 2"):
        words(large, registry)
    assert folders(registry) == []


def test_a_cache_that_cannot_be_written_is_said_and_left(large, registry, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    said = []
    registry.access = DataAccess(cache=tmp_path / "cache", tell=said.append)
    assert words(large, registry) == [["Anna", "left"], ["Bonn"]]
    assert said == [f"{large}: cannot be kept encoded in {tmp_path / 'cache' / 'encoded'}: Not a directory"]


def test_a_reader_that_streams_no_arrays_is_kept_too(large, registry):
    class Plugin:
        @hookimpl
        def register_readers(self, register):
            register("made", lambda path, *, tags=None, features=(): Corpus.encode([["a"]], [["X"]]), [".made"])

    registry.add(Plugin(), "made")
    path = large.rename(large.with_suffix(".made"))
    assert words(path, registry) == words(path, registry) == [["a"]]


def test_what_is_kept_is_listed_and_cleared(large, registry):
    words(large, registry)
    (kept,) = kept_files(registry.access)
    assert kept.file == str(large)
    assert kept.size > len(TEXT)
    clear(registry.access)
    assert kept_files(registry.access) == []


def test_the_command_lists_and_clears_what_is_kept(large, monkeypatch, tmp_path):
    monkeypatch.setenv("SEQBENCH_CACHE", str(tmp_path / "cache"))
    called("datasets", large)
    assert str(large) in called("datasets", "--cache", "--format", "csv").stdout
    assert called("datasets", "--clear-cache").stdout.startswith("removed 1 corpora, 0.")
    assert str(large) not in called("datasets", "--cache", "--format", "csv").stdout
