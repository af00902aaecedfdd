"""Corpora written and read back: the same in every format that can hold them, and what is lost is said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqbench import Corpus, DataError, Sequences, UsageError
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read
from seqbench.registry.writing import written

TEXT = st.text(st.sampled_from('aB1é#-_.\u00a0\u2028чай"\\'), min_size=1, max_size=4)
SENTENCES = st.lists(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def corpus_of(rows, layer="xpos", documents=()):
    words, values, tags = ([[token[part] for token in s] for s in rows] for part in range(3))
    plain = Sequences.encode(words)
    layers = {layer: Sequences.encode(values)} if layer else {}
    sentences = Sequences(plain.ids, plain.offsets, plain.vocabulary, layers)
    return Corpus(sentences, Sequences.encode(tags), np.array(documents, np.int64))


@pytest.mark.parametrize("name", ["x.conllu", "x.jsonl"])
@settings(max_examples=40)
@given(rows=SENTENCES, marked=st.booleans())
def test_what_is_written_reads_back_as_the_same(registry, tmp_path_factory, name, rows, marked):
    corpus = corpus_of(rows, documents=[0] if marked else [])
    path = tmp_path_factory.mktemp("written") / name
    if name == "x.conllu" and all(tag == "_" for s in rows for *_, tag in s):
        return
    assert written(corpus, path, registry) == []
    assert read(path, parsed(f"{path}?features=xpos"), registry).digest() == corpus.digest()


def test_columns_hold_layers_as_columns(registry, tmp_path):
    corpus = corpus_of([[("a", "DT", "B-X"), ("b", "NN", "O")], [("c", "NN", "O")]], layer="2", documents=[0, 1])
    path = tmp_path / "x.tsv"
    assert written(corpus, path, registry) == []
    assert path.read_text() == "-DOCSTART-\t-X-\tO\n\na\tDT\tB-X\nb\tNN\tO\n\n-DOCSTART-\t-X-\tO\n\nc\tNN\tO\n\n"
    assert read(path, parsed(f"{path}?features=2"), registry).digest() == corpus.digest()


def test_what_a_format_cannot_hold_is_said_or_refused(registry, tmp_path):
    corpus = corpus_of([[("a", "DT", "X")]], layer="own", documents=[0])
    assert written(corpus, tmp_path / "x.tagged", registry) == ["the layer 'own'", "the starts of documents"]
    assert written(corpus, tmp_path / "x.conllu", registry) == ["the layer 'own'"]
    with pytest.raises(DataError, match=r"'a b' has a blank, which word/TAG cannot hold"):
        written(corpus_of([[("a b", "DT", "X")]]), tmp_path / "x.pos", registry)
    with pytest.raises(DataError, match=r"a cell of this format cannot hold 'a\\tb'"):
        written(corpus_of([[("a\tb", "DT", "X")]]), tmp_path / "x.tsv", registry)
    with pytest.raises(DataError, match="does not read back as what was written"):
        written(corpus_of([[("-DOCSTART-", "DT", "X"), ("a", "DT", "X")]]), tmp_path / "x.tsv", registry)
    assert not (tmp_path / "x.tsv").exists()
    assert not (tmp_path / "x.pos").exists()
    with pytest.raises(UsageError, match=r"no writer is known for .*x\.doc"):
        written(corpus, tmp_path / "x.doc", registry)
    with pytest.raises(UsageError, match="no writer is named 'column'. Did you mean 'columns'"):
        written(corpus, tmp_path / "x.doc", registry, "column")
    with pytest.raises(DataError, match="cannot be written"):
        written(corpus, tmp_path / "none" / "x.jsonl", registry)


def test_a_word_that_a_format_cannot_hold_is_placed_in_what_is_read(registry, tmp_path):
    corpus = corpus_of([[("a", "DT", "X")], [("b", "DT", "X"), ("  ", "DT", "X")]])
    with pytest.raises(
        DataError, match="format cannot hold the corpus, which was written to .*x.csv:4: a word or a tag"
    ):
        written(corpus, tmp_path / "x.csv", registry)
    with pytest.raises(DataError, match="a word or tag of this format cannot be '  ', as in sentence 2"):
        written(corpus, tmp_path / "x.spacy", registry)
    with pytest.raises(DataError, match="sentence 2: a word of this format cannot be '<END>'"):
        written(corpus_of([[("a", "", "O")], [("<END>", "", "O")]]), tmp_path / "x", registry, "opennlp")


def test_a_writer_is_named_or_its_suffix_is(registry, tmp_path):
    assert written(corpus_of([[("a", "DT", "X")]]), tmp_path / "x", registry, "csv") == []
