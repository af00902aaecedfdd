"""Which scheme tags are written in: told from their prefixes and moves, and never where they are no spans."""

import pytest

from seqbench import Sequences
from seqbench.spans import SpanTags, convert, detect, extract, illegal, scheme, scheme_of


def detected(*sentences, further=()):
    tags = Sequences.encode([sentence.split() for sentence in sentences])
    known = detect([*tags.vocabulary, *further], tags.ids, tags.offsets)
    return known and known.name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("B-NP I-NP O B-VP", "IOB2"),
        ("I-NP I-NP O B-VP", None),
        ("I-NP I-NP B-NP O I-VP", "IOB1"),
        ("I-NP I-NP O", "IOB1"),
        ("I-NP E-NP O E-VP", "IOE2"),
        ("I-NP E-NP I-NP O I-VP", "IOE1"),
        ("B-NP E-NP O S-VP", "IOBES"),
        ("B-NP I-NP I-NP E-NP O O", "IOBES"),
        ("B-NP L-NP O U-VP", "BILOU"),
        ("B-NP M-NP E-NP O S-VP", "BMES"),
        ("B M E S S", "BMES"),
        ("B I O O B", "IOB2"),
        ("DET NOUN VERB", None),
        ("O O O", None),
        ("O B O O", None),
        ("B-NP I-NP NOUN", "IOB2"),
        ("NOUN VERB B-NP I-NP", None),
        ("B-NP B", None),
        ("B- I- O", None),
        ("O-NP B-NP", None),
        ("b-np i-np o", "IOB2"),
        ("B_NP I_NP O", "IOB2"),
        ("NP-B NP-I O", "IOB2"),
        ("B:NP I:NP O", "IOB2"),
        ("B-NP M-NP E-NP O W-VP", "BMEOW"),
        ("I E S B S I E B I", None),
        ("S-NP I-NP E-VP B-VP I-NP S-VP", None),
    ],
)
def test_the_scheme_is_told_by_prefixes_and_moves(sentence, name):
    known = scheme_of(Sequences.encode([sentence.split()]))
    assert (known and known.name) == name


@pytest.mark.parametrize(
    ("data", "columns", "name"),
    [
        ("conll2000/test.txt", {}, "IOB2"),
        ("conll2000/test.txt", {"tags": "2"}, None),
        ("wnut17/test.conll", {}, "IOB2"),
    ],
)
def test_the_schemes_of_real_columns(shared, data, columns, name):
    from seqbench_datasets.readers.columns import read

    known = scheme_of(read(shared / data, **columns).tags)
    assert (known and known.name) == name


@pytest.mark.parametrize(
    ("treebank", "columns"),
    [
        ("ud-english-ewt/test.conllu", ("upos", "xpos", "deprel")),
        ("ud-maltese-mudt/dev.conllu", ("upos", "xpos")),
        ("ud-thai-tud/dev.conllu", ("upos",)),
        ("ud-uyghur-udt/dev.conllu", ("upos", "xpos")),
    ],
)
def test_parts_of_speech_are_no_spans(shared, treebank, columns):
    from seqbench_datasets.readers.conllu import read

    assert [scheme_of(read(shared / treebank, tags=column).tags) for column in columns] == [None] * len(columns)


def test_a_few_mistakes_do_not_hide_the_scheme():
    sentences = [["B-NP", "I-NP", "O"]] * 20 + [["O", "I-NP", "O"]]
    tags = Sequences.encode(sentences)
    known = scheme_of(tags)
    assert known.name == "IOB2"
    assert illegal(list(tags.vocabulary), tags.ids, tags.offsets, known) == 1


def test_tags_that_no_sentence_has_do_not_hide_the_scheme():
    assert detected("B-PER I-PER O", "B-LOC O", further=["X", "E-PER"]) == "IOB2"


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (["I-NP I-NP O B-VP"], "IOB2"),  # IOB1 and IOB2 mixed
        (["B-NP I-NP E-NP B-VP", "B-NP E-NP O B-VP"], "IOBE"),  # without S
        (["I-NP I-NP O", "B-NP O O"], "IOB2"),
        (["I-NP B-VP O", "B-NP O B-NP B-NP"], "IOB2"),  # begins inside
        (["S-NP I-NP E-VP B-VP I-NP S-VP"], "IOBES"),
        (["I E S B S I E B I"], None),
    ],
)
def test_typed_tags_are_spans_whatever_their_moves(sentences, name):
    assert detected(*sentences) == name


def test_where_no_sentence_has_a_span_the_other_tags_decide():
    assert detected("O O", further=["B-PER", "I-PER"]) == "IOB2"
    assert detected("O O", further=["NOUN", "B-PER"]) is None


def test_prefixes_in_angles_are_no_types_of_grobid():
    assert detected("<B-PER> <I-PER> O <B-LOC> O") is None


@pytest.mark.parametrize(
    ("sentences", "name", "spans"),
    [
        ([["I-<per>", "<per>", "<other>", "I-<loc>"], ["I-<other>", "<other>"]], "GROBID", ["per", "loc"]),
        (
            [["B-PER", "I-PER", "E-PER", "O", "B-LOC"], ["B-LOC", "B-PER", "E-PER"]],
            "IOBE",
            ["PER", "LOC", "LOC", "PER"],
        ),
    ],
)
def test_angles_and_ends_without_single_tokens_are_schemes_of_their_own(sentences, name, spans):
    tags = Sequences.encode(sentences)
    known = scheme_of(tags)
    assert (known.name, illegal(list(tags.vocabulary), tags.ids, tags.offsets, known)) == (name, 0)
    for policy in ("conlleval", "strict"):
        typed = SpanTags.of(list(tags.vocabulary), known)
        found = extract(typed, tags.ids, tags.offsets, policy)
        assert [typed.names[kind] for kind in found.types] == spans
    assert list(convert(convert(tags, known, scheme("IOB2")), scheme("IOB2"), known)) == [
        [tag.replace("I-<other>", "<other>") for tag in sentence] for sentence in sentences
    ]
