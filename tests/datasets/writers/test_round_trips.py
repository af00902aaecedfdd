"""Every writer: what it writes is read back as the same corpus, and what it does not hold is said."""

import json
from contextlib import suppress
from types import MappingProxyType

import numpy as np
import pytest

from seqbench import Corpus, DataError, Sequences
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read
from seqbench.registry.writing import written

WORDS = [["Anna", "Smith", "left"], ["Bonn", "slept"], ["She", "saw", "Bonn", "Łódź", "日本"], ["."]]
TAGS = [["B-PER", "I-PER", "O"], ["B-LOC", "O"], ["O", "O", "B-LOC", "B-LOC", "I-LOC"], ["O"]]
POS = [["NNP", "NNP", "VBD"], ["NNP", "VBD"], ["PRP", "VBD", "NNP", "NNP", "X"], ["."]]
LEMMA = [[word.lower() for word in sentence] for sentence in WORDS]
DOCUMENTS = "the starts of documents"
ONE = "that no documents are marked: the whole file is one"
LAYERS = ["the layer 'pos'", "the layer 'lemma'"]
LOST = {
    "x.tsv": [],
    "x.conllu": LAYERS[:1],
    "x.jsonl": [],
    "x.pos": [*LAYERS, DOCUMENTS],
    "x.csv": [DOCUMENTS],
    "x.conllup": [],
    "x.conllx": [*LAYERS[:1], DOCUMENTS],
    "x.v4_gold_conll": [],
    "x.opennlp": LAYERS,
    "x.doccano": LAYERS,
    "x.labelstudio": LAYERS,
    "x.sentences": ["the tags", *LAYERS, DOCUMENTS],
    "x.webanno": [DOCUMENTS],
    "x.spacy": [],
    "x.parquet": [],
    "x.arrow": [],
}
"""What each format does not hold of a corpus with documents and the layers `pos` and `lemma`."""


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def corpus_of(tags, layers=(), documents=()):
    plain = Sequences.encode(WORDS)
    encoded = {name: Sequences.encode(values) for name, values in layers}
    words = Sequences(plain.ids, plain.offsets, plain.vocabulary, MappingProxyType(encoded))
    return Corpus(words, Sequences.encode(tags), np.array(documents, np.int64))


def skip_without_pyarrow(name):
    if name.endswith((".parquet", ".arrow")):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'seqbench[parquet]'")


def tags_of(name, tags):
    return [["_"] * len(sentence) for sentence in tags] if "the tags" in LOST[name] else tags


def test_every_reader_has_a_writer_of_its_name(registry):
    assert set(registry.readers) <= set(registry.writers)


def test_every_writer_is_among_these(registry):
    suffixes = {name.removeprefix("x") for name in LOST}
    assert all(suffixes.intersection(entry.suffixes) for entry in registry.writers.values())


@pytest.mark.parametrize("name", LOST)
def test_words_tags_documents_and_layers_are_read_back_or_said_to_be_lost(tmp_path, registry, name):
    skip_without_pyarrow(name)
    corpus = corpus_of(TAGS, [("pos", POS), ("lemma", LEMMA)], [0, 2])
    assert written(corpus, tmp_path / name, registry) == LOST[name]
    kept = [layer for layer in ("pos", "lemma") if f"the layer {layer!r}" not in LOST[name]]
    features = ",".join(["2", "3"] if name == "x.tsv" else kept)
    source = f"{tmp_path / name}{'?features=' * bool(features)}{features}"
    again = read(tmp_path / name, parsed(source), registry)
    assert (list(again.sentences), list(again.tags)) == (WORDS, tags_of(name, TAGS))
    values = {"pos": POS, "lemma": LEMMA}
    assert [list(layer) for layer in again.sentences.layers.values()] == [values[layer] for layer in kept]
    assert again.documents.tolist() == ([] if DOCUMENTS in LOST[name] else [0, 2])


@pytest.mark.parametrize("name", LOST)
def test_a_corpus_without_documents_and_layers_is_read_back_with_the_same_fingerprint(tmp_path, registry, name):
    skip_without_pyarrow(name)
    corpus = corpus_of(tags_of(name, TAGS))
    lost = written(corpus, tmp_path / name, registry)
    again = read(tmp_path / name, parsed(str(tmp_path / name)), registry)
    assert lost == ([ONE] if again.documents.tolist() == [0] else [])
    assert Corpus(again.sentences, again.tags).digest() == corpus.digest()


@pytest.mark.parametrize("name", ["x.csv", "x.conllup", "x.conllx", "x.spacy", "x.parquet", "x.arrow", "x.webanno"])
def test_tags_that_are_no_spans_are_held_too(tmp_path, registry, name):
    skip_without_pyarrow(name)
    written(corpus_of(POS), tmp_path / name, registry)
    assert list(read(tmp_path / name, parsed(str(tmp_path / name)), registry).tags) == POS


@pytest.mark.parametrize("name", ["x.v4_gold_conll", "x.opennlp", "x.doccano", "x.labelstudio"])
def test_formats_of_spans_refuse_other_tags(tmp_path, registry, name):
    with pytest.raises(DataError, match="this format holds spans, and 'NNP' is no tag of IOB2 .try --scheme IOB2"):
        written(corpus_of(POS), tmp_path / name, registry)


@pytest.mark.parametrize("name", LOST)
def test_odd_words_are_read_back_or_refused_never_changed(tmp_path, registry, name):
    skip_without_pyarrow(name)
    for words in ("a b", "\n", "<END>", "a\tb", " a", '"', "a,b", "x's"):
        with suppress(DataError):
            written(Corpus.encode([["c", words]], [["O", "B-X"]]), tmp_path / name, registry)
            again = read(tmp_path / name, parsed(f"{tmp_path / name}"), registry)
            assert list(again.sentences) == [["c", words]]


@pytest.mark.parametrize(
    ("name", "layer"),
    [("x.csv", "tag"), ("x.parquet", "tokens"), ("x.conllup", "a b"), ("x.conllup", "form"), ("x.webanno", "value")],
)
def test_a_layer_whose_name_is_taken_is_refused(tmp_path, registry, name, layer):
    skip_without_pyarrow(name)
    with pytest.raises(DataError, match=r"cannot be called|need different names"):
        written(corpus_of(TAGS, [(layer, POS)]), tmp_path / name, registry)


def test_spacy_reads_what_was_written_as_the_same(tmp_path, registry):
    spacy = pytest.importorskip("spacy", reason="spacy is not installed")
    written(corpus_of(TAGS, [("pos", POS)], [0, 2]), tmp_path / "x.spacy", registry)
    docs = list(spacy.tokens.DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("en").vocab))
    assert [[token.text for token in sentence] for doc in docs for sentence in doc.sents] == WORDS
    assert [(entity.text, entity.label_) for doc in docs for entity in doc.ents][:2] == [
        ("Anna Smith", "PER"),
        ("Bonn", "LOC"),
    ]


def test_label_studio_gets_the_text_of_each_span_beside_its_places(tmp_path, registry):
    written(corpus_of(TAGS, documents=[0, 2]), tmp_path / "x.labelstudio", registry)
    first, second = json.loads((tmp_path / "x.labelstudio").read_text(encoding="utf-8"))
    assert first["data"] == {"text": "Anna Smith left\nBonn slept"}
    (annotation,) = first["annotations"]
    assert [entry["value"] for entry in annotation["result"]] == [
        {"start": 0, "end": 10, "text": "Anna Smith", "labels": ["PER"]},
        {"start": 16, "end": 20, "text": "Bonn", "labels": ["LOC"]},
    ]
    assert second["id"] == 2


def test_a_file_called_json_is_label_studios_where_its_writer_is_named(tmp_path, registry):
    written(corpus_of(TAGS, documents=[0, 2]), tmp_path / "x.json", registry, "annotated-text")
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))[1]["annotations"]


def test_webanno_counts_characters_beyond_the_basic_plane_twice_and_numbers_spans_of_several_tokens(tmp_path, registry):
    written(
        Corpus.encode([["\U0001f600", "a", "b"], ["c"]], [["O", "B-X", "I-X"], ["B-X"]]),
        tmp_path / "x.webanno",
        registry,
    )
    lines = (tmp_path / "x.webanno").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line[:1].isdigit()] == [
        "1-1\t0-2\t\U0001f600\t_",
        "1-2\t3-4\ta\tX[1]",
        "1-3\t5-6\tb\tX[1]",
        "2-1\t7-8\tc\tX",
    ]


@pytest.mark.parametrize("tag", ["_", "*", "a|b", "a[1]", "a\\", "x->y;z", "a_b"])
def test_reserved_characters_of_webanno_are_escaped(tmp_path, registry, tag):
    tags = [[f"B-{tag}", f"I-{tag}"]] if tag != "_" else [["_", "O"]]
    assert written(Corpus.encode([["a", "b"]], tags), tmp_path / "x.webanno", registry) == []
    again = read(tmp_path / "x.webanno", parsed(str(tmp_path / "x.webanno")), registry)
    assert (list(again.tags), again.notes) == (tags, ())


def test_a_type_that_webanno_keeps_for_no_value_is_refused(tmp_path, registry):
    with pytest.raises(DataError, match="does not read back"):
        written(Corpus.encode([["a"]], [["B-_"]]), tmp_path / "x.webanno", registry)
