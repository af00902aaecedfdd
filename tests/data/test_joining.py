"""One corpus from several: sentences, tags, layers and documents in order."""

import numpy as np
import pytest

from seqbench import Corpus, Sequences
from seqbench.data.joining import joined
from seqbench.errors import DataError


def corpus(words, tags, documents=(), notes=()):
    sentences, pos = Sequences.encode(words), Sequences.encode([[w.upper() for w in s] for s in words])
    layered = Sequences(sentences.ids, sentences.offsets, sentences.vocabulary, {"pos": pos})
    return Corpus(layered, Sequences.encode(tags), np.array(documents, np.int64), tuple(notes))


def test_a_joined_corpus_is_that_of_all_sentences():
    parts = [
        corpus([["a", "b"], ["c"]], [["X", "Y"], ["X"]]),
        corpus([["d", "a"]], [["Z", "X"]]),
        corpus([["a"]], [["Z"]]),
    ]
    whole = corpus([["a", "b"], ["c"], ["d", "a"], ["a"]], [["X", "Y"], ["X"], ["Z", "X"], ["Z"]])
    assert joined(parts).digest() == whole.digest()
    assert joined(parts[:1]) is parts[0]


def test_a_file_opens_a_document_where_documents_are_marked():
    parts = [
        corpus([["a"], ["b"]], [["X"], ["X"]], notes=["one"]),
        corpus([["c"], ["d"]], [["X"]] * 2, [1], ["one", "two"]),
    ]
    assert joined(parts).documents.tolist() == [0, 2, 3]
    assert joined(parts).notes == ("one", "two")
    assert not len(joined([parts[0], parts[0]]).documents)


def test_corpora_with_other_layers_are_refused():
    with pytest.raises(DataError, match="different feature columns"):
        joined([corpus([["a"]], [["X"]]), Corpus.encode([["a"]], [["X"]])])
    with pytest.raises(DataError, match="no corpus"):
        joined([])
