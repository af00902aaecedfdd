"""DocBin files, put together here as spaCy's documentation lays them out, and by spaCy where it is installed."""

import zlib

import msgspec
import numpy as np
import pytest

from seqbench.errors import DataError
from seqbench_datasets.readers._spacy_strings import murmur_hash
from seqbench_datasets.readers.docbin import read

ATTRIBUTES = [65, 75, 79, 76, 77, 78]
SYMBOLS = {"ORG": 383, "PERSON": 380, "": 0}
TEXTS = [[("EU", "N", 1, 3, "ORG"), ("rejects", "V", 0, 2, ""), ("Anna", "N", 0, 3, "PERSON"), ("\n", "S", -1, 2, "")],
         [("Bob", "N", 0, 3, "PERSON"), ("Lee", "N", -1, 1, "PERSON")]]  # fmt: skip


def number(text):
    return SYMBOLS[text] if text in SYMBOLS else murmur_hash(text.encode())


def packed(**further):
    rows = [[number(w), number(tag), head % 2**64, number("dep"), iob, number(kind)] for text in TEXTS
            for w, tag, head, iob, kind in text]  # fmt: skip
    strings = sorted({part for text in TEXTS for w, tag, _, _, kind in text for part in (w, tag, kind, "dep")})
    content = {
        "version": "0.1", "attrs": ATTRIBUTES, "tokens": np.array(rows, np.uint64).tobytes(), "strings": strings,
        "lengths": np.array([len(text) for text in TEXTS], np.int32).tobytes(), "spaces": b"", "cats": [{}],
    }  # fmt: skip
    return zlib.compress(msgspec.msgpack.encode({**content, **further}))


def written(path, content=None):
    path.write_bytes(packed() if content is None else content)
    return path


def test_entities_are_tags_trees_are_sentences_and_texts_are_documents(tmp_path):
    corpus = read(written(tmp_path / "a.spacy"), features=("tag",))
    assert list(corpus.sentences) == [["EU", "rejects"], ["Anna"], ["Bob", "Lee"]]
    assert list(corpus.tags) == [["B-ORG", "O"], ["B-PERSON"], ["B-PERSON", "I-PERSON"]]
    assert list(corpus.sentences.layers["tag"]) == [["N", "V"], ["N"], ["N", "N"]]
    assert (corpus.documents.tolist(), corpus.notes) == ([0, 2], ("1 tokens of blanks alone are left out",))
    assert list(read(tmp_path / "a.spacy", tags="tag").tags) == [["N", "V"], ["N"], ["N", "N"]]


def test_a_layer_that_is_not_there_is_refused_with_the_others(tmp_path):
    path = written(tmp_path / "a.spacy")
    with pytest.raises(DataError, match=r"DocBin has no 'upos'; choose one of ner, word, lemma, pos, tag, dep, morph"):
        read(path, tags="upos")
    with pytest.raises(DataError, match=r"written without 'lemma'"):
        read(path, tags="lemma")


@pytest.mark.parametrize(
    "content",
    [b"", b"text", packed()[:-9], zlib.compress(b"\xc1"), packed(strings=["EU"]), packed(lengths=b"\xff" * 8),
     packed(tokens=b"12345678"), packed(attrs=[]), zlib.compress(b"\x91" * 3000)],
)  # fmt: skip
def test_damaged_files_are_one_sentence(tmp_path, content):
    with pytest.raises(DataError, match=r"a\.spacy"):
        read(written(tmp_path / "a.spacy", content))


def test_what_unpacks_without_bound_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"unpacks to more than 200 times its size"):
        read(written(tmp_path / "a.spacy", zlib.compress(bytes((1 << 26) + 2), 1)))


def test_what_spacy_writes_is_read_as_spacy_reads_it(tmp_path):
    spacy = pytest.importorskip("spacy", reason="spacy is not installed")
    language = spacy.blank("en")
    words = ["Anna", "visits", "ORG", "DATE", "Zürich", "日本", "conj", "x" * 30, "I-PER", "PROPN"]
    marks = {
        "sent_starts": [number % 4 == 0 for number in range(10)],
        "tags": [*words[1:], "N"],
        "pos": ["X"] * 10,
        "morphs": ["Case=Nom"] * 10,
    }
    entities = ["B-PERSON", "O", "B-ORG", "I-ORG", "B-MINE", *["O"] * 5]
    doc = spacy.tokens.Doc(language.vocab, words, ents=entities, **marks)
    spacy.tokens.DocBin(["TAG", "ENT_IOB", "ENT_TYPE", "POS", "SENT_START", "MORPH"], docs=[doc]).to_disk(
        tmp_path / "a.spacy"
    )
    corpus = read(tmp_path / "a.spacy", features=("tag",))
    assert list(corpus.sentences.lengths) == [4, 4, 2]
    assert read(tmp_path / "a.spacy", tags="morph").tags[2] == ["Case=Nom"] * 2
    assert [w for sentence in corpus.sentences for w in sentence] == words
    assert [t for sentence in corpus.sentences.layers["tag"] for t in sentence] == [token.tag_ for token in doc]
    expected = ["O" if token.ent_iob_ == "O" else f"{token.ent_iob_}-{token.ent_type_}" for token in doc]
    assert [t for sentence in corpus.tags for t in sentence] == expected
