"""Corpora written as a folder of arrays, and opened again."""

import json
from types import MappingProxyType

import numpy as np
import pytest

from seqbench import Corpus, Origins, Sequences
from seqbench.data.stored_corpus import INDEX, opened, write

WORDS = [["a\nb", "é", "\ud800"], [], ["", "a\0", "日本"]]
TAGS = [["X", "Y", "X"], [], ["Y", "X\n", "X"]]


def corpus_of_all():
    layer = Sequences.encode([["1", "2", "3"], [], ["1", "1", "2"]])
    words = Sequences.encode(WORDS)
    words = Sequences(words.ids, words.offsets, words.vocabulary, MappingProxyType({"../x": layer}))
    names = np.array([b"s1", b"", b"\xff\n"], object)
    origins = Origins.of("dir/ä.tsv", np.array([1, 5, 9]), names)
    return Corpus(words, Sequences.encode(TAGS), np.array([0, 2]), ("a note",), ("d1", ""), origins)


@pytest.mark.parametrize("corpus", [corpus_of_all(), Corpus.encode(WORDS, TAGS), Corpus.encode([["a"]], [["X"]])])
def test_what_was_written_is_opened_again(tmp_path, corpus):
    write(corpus, tmp_path)
    again = opened(tmp_path)
    assert (list(again.sentences), list(again.tags)) == (list(corpus.sentences), list(corpus.tags))
    assert {name: list(layer) for name, layer in again.sentences.layers.items()} == {
        name: list(layer) for name, layer in corpus.sentences.layers.items()
    }
    assert again.documents.tolist() == corpus.documents.tolist()
    assert (again.notes, again.document_ids) == (corpus.notes, corpus.document_ids)
    numbers = range(len(corpus) if corpus.origins else 0)
    assert [again.origins[n] for n in numbers] == [corpus.origins[n] for n in numbers]
    assert (again.origins is None) == (corpus.origins is None)


def test_the_arrays_of_an_opened_corpus_are_mapped_files_and_cannot_be_written(tmp_path):
    write(corpus_of_all(), tmp_path)
    ids = opened(tmp_path).sentences.ids
    assert isinstance(ids.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        ids[0] = 1


def test_an_array_that_lies_in_the_folder_already_is_not_copied_and_other_files_are_removed(tmp_path):
    corpus = Corpus.encode(WORDS, TAGS)
    corpus.sentences.ids.tofile(tmp_path / "streamed")
    (tmp_path / "left over").write_bytes(b"x")
    mapped = np.memmap(tmp_path / "streamed", np.int32, "r")
    words = Sequences(mapped, corpus.sentences.offsets, corpus.sentences.vocabulary)
    write(Corpus(words, corpus.tags), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert "streamed" in names
    assert not names & {"words.bin", "left over"}
    assert opened(tmp_path).digest() == corpus.digest()


def test_every_flipped_byte_and_every_missing_file_is_noticed(tmp_path):
    write(corpus_of_all(), tmp_path)
    arrays = json.loads((tmp_path / INDEX).read_text())["arrays"]
    for path in [tmp_path / array["file"] for array in arrays.values()]:
        content = path.read_bytes()
        for place in range(len(content)):
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert opened(tmp_path) is None, (path, place)
        path.write_bytes(content + b"x")
        assert opened(tmp_path) is None
        path.unlink()
        assert opened(tmp_path) is None
        path.write_bytes(content)
    assert opened(tmp_path) is not None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 1, "arrays": {"a": 1}}', "é"])
def test_an_index_that_is_none_opens_nothing(tmp_path, text):
    write(Corpus.encode(WORDS, TAGS), tmp_path)
    (tmp_path / INDEX).write_text(text, encoding="utf-8")
    assert opened(tmp_path) is None
