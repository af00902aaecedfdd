"""Spans: equal to seqeval and to conlleval's rules, schemes converted into each other, detection that is careful."""

from itertools import pairwise

import numpy as np
import pytest
import seqeval.scheme as oracle
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities

from seqbench import Sequences, UsageError
from seqbench.spans import SCHEMES, Spans, SpanTags, convert, extract, illegal, legal, scheme, scheme_of, written

TYPES = ("X", "Y", "creative-work")
NAMES = [known.name for known in SCHEMES]
SEQEVAL = {"BMES": "IOBES"}
LETTERS = {"BILOU": str.maketrans("LU", "ES"), "BMES": str.maketrans("M", "I")}


def tag_set(known, types=TYPES):
    return ["O", *(f"{prefix}-{kind}" for prefix in known.prefixes[1:] if prefix != "." for kind in types)]


def sentences_of(tags):
    return st.lists(st.lists(st.sampled_from(tags), max_size=8), min_size=1, max_size=4)


def found(sentences, known, policy):
    """Spans as sets of (sentence, type, first token, last token)."""
    tags = Sequences.encode(sentences)
    about = SpanTags.of(list(tags.vocabulary), known)
    spans = extract(about, tags.ids, tags.offsets, policy)
    numbers = spans.sentences(tags.offsets)
    return {
        (int(n), about.names[kind], int(start - tags.offsets[n]), int(end - tags.offsets[n]) - 1)
        for n, kind, start, end in zip(numbers, spans.types, spans.starts, spans.ends, strict=True)
    }


def in_plain_letters(sentences, known):
    table = LETTERS.get(known.name, {})
    return [[tag[:1].translate(table) + tag[1:] for tag in sentence] for sentence in sentences]


class CompletedIOE1(oracle.IOE1):
    """seqeval's IOE1 with the two openings that its own to-do note says are missing."""

    start_patterns = oracle.IOE1.start_patterns | {
        (oracle.Prefix.O, oracle.Prefix.E, oracle.Tag.ANY),
        (oracle.Prefix.I, oracle.Prefix.E, oracle.Tag.DIFF),
    }


def conlleval(sentences):
    """The rules of conlleval (Tjong Kim Sang and Buchholz 2000), token by token; they know B, I, E and O."""
    for number, sentence in enumerate(sentences):
        begun = None
        moves = pairwise([("O", ""), *(split(tag) for tag in sentence), ("O", "")])
        for place, ((role, previous), (after, kind)) in enumerate(moves):
            ends = (role, after) in {("B", "B"), ("B", "O"), ("I", "B"), ("I", "O"), ("E", "E"), ("E", "I"), ("E", "O")}
            starts = (role, after) in {
                ("B", "B"), ("I", "B"), ("O", "B"), ("O", "I"), ("E", "E"), ("E", "I"), ("O", "E"),
            }  # fmt: skip
            if ends or (role != "O" and previous != kind):
                yield number, previous or "_", begun, place - 1
            if starts or (after != "O" and previous != kind):
                begun = place


def split(tag):
    prefix, _, kind = tag.partition("-")
    return prefix, kind


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_read_as_conlleval_does_spans_equal_seqeval_s_default(name, data):
    known = scheme(name)
    sentences = data.draw(sentences_of(tag_set(known)))
    plain = in_plain_letters(sentences, known)
    expected = {(n, *entity) for n, sentence in enumerate(plain) for entity in get_entities(sentence)}
    assert found(sentences, known, "conlleval") == expected


@pytest.mark.parametrize("name", ["IOB1", "IOB2", "IOE1", "IOE2"])
@given(data=st.data())
def test_read_as_conlleval_does_spans_equal_conlleval_s_rules(name, data):
    known = scheme(name)
    sentences = data.draw(sentences_of([*tag_set(known, TYPES[:2])]))
    assert found(sentences, known, "conlleval") == set(conlleval(sentences))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_read_strictly_spans_equal_seqeval_s_strict_mode(name, data):
    known = scheme(name)
    sentences = data.draw(sentences_of(tag_set(known)))
    strict = CompletedIOE1 if name == "IOE1" else getattr(oracle, SEQEVAL.get(name, name))
    plain = in_plain_letters(sentences, known) if name == "BMES" else sentences
    entities = oracle.Entities(plain, strict).entities
    expected = {(e.sent_id, e.tag, e.start, e.end - 1) for sentence in entities for e in sentence}
    assert found(sentences, known, "strict") == expected


@pytest.mark.parametrize("policy", ["conlleval", "strict"])
def test_untyped_tags_are_spans_of_one_type(policy):
    assert found([["B", "I", "O", "B"]], scheme("IOB2"), policy) == {(0, "_", 0, 1), (0, "_", 3, 3)}
    assert {e[1:] for e in found([["B", "M", "E", "S"]], scheme("BMES"), policy)} == {("_", 0, 2), ("_", 3, 3)}


@st.composite
def annotations(draw):
    """Sentences as lists of (length, type or None): the pieces that spans and single tokens outside are."""
    kinds = st.sampled_from([None, *TYPES])
    pieces = draw(st.lists(st.lists(st.tuples(st.integers(1, 3), kinds), max_size=6), min_size=1, max_size=4))
    return [[(1 if kind is None else length, kind) for length, kind in sentence] for sentence in pieces]


def spans_of(pieces):
    starts, ends, types, offsets, place = [], [], [], [0], 0
    for sentence in pieces:
        for length, kind in sentence:
            if kind is not None:
                starts.append(place)
                ends.append(place + length)
                types.append(sorted(TYPES).index(kind))
            place += length
        offsets.append(place)
    return Spans(np.array(starts, np.int64), np.array(ends, np.int64), np.array(types, np.int32)), np.array(offsets)


@pytest.mark.parametrize("policy", ["conlleval", "strict"])
@pytest.mark.parametrize("name", NAMES)
@given(pieces=annotations())
def test_spans_written_in_any_scheme_are_legal_and_read_back_the_same(name, policy, pieces):
    known, (spans, offsets) = scheme(name), spans_of(pieces)
    tags = written(spans, tuple(sorted(TYPES)), offsets, known)
    assert illegal(list(tags.vocabulary), tags.ids, tags.offsets, known) == 0
    about = SpanTags.of(list(tags.vocabulary), known)
    back = extract(about, tags.ids, tags.offsets, policy)
    assert back.starts.tolist() == spans.starts.tolist()
    assert back.ends.tolist() == spans.ends.tolist()
    assert [about.names[kind] for kind in back.types] == [sorted(TYPES)[kind] for kind in spans.types]


@given(pieces=annotations(), names=st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)))
def test_a_corpus_converted_and_back_is_the_same(pieces, names):
    (spans, offsets), (first, second) = spans_of(pieces), map(scheme, names)
    tags = written(spans, tuple(sorted(TYPES)), offsets, first)
    there = convert(tags, first, second)
    assert list(there) == list(written(spans, tuple(sorted(TYPES)), offsets, second))
    assert list(convert(there, second, first)) == list(tags)


def test_schemes_write_touching_spans_as_their_authors_do():
    spans = Spans(np.array([0, 2, 3]), np.array([2, 3, 5]), np.array([0, 0, 1], np.int32))
    expected = {
        "IOB1": "I-X I-X B-X I-Y I-Y O",
        "IOB2": "B-X I-X B-X B-Y I-Y O",
        "IOE1": "I-X E-X I-X I-Y I-Y O",
        "IOE2": "I-X E-X E-X I-Y E-Y O",
        "IOBES": "B-X E-X S-X B-Y E-Y O",
        "BILOU": "B-X L-X U-X B-Y L-Y O",
        "BMES": "B-X E-X S-X B-Y E-Y O",
    }
    for name, tags in expected.items():
        assert " ".join(written(spans, ("X", "Y"), np.array([0, 6]), scheme(name))[0]) == tags


@pytest.mark.parametrize("name", NAMES)
def test_legal_moves_are_exactly_those_that_spans_make(name):
    """All annotations of up to four tokens, written out, against the moves that the scheme allows."""
    known, types = scheme(name), ("X", "Y")
    tags = tag_set(known, types)
    seen = {"start": set(), "move": set(), "end": set()}
    for pieces in every_annotation(4, types):
        spans, offsets = spans_of_types(pieces, types)
        sentence = written(spans, types, offsets, known)[0]
        seen["start"].add(sentence[0])
        seen["end"].add(sentence[-1])
        seen["move"].update(pairwise(sentence))
    allowed = legal(tags, known)
    assert {tag for tag, fine in zip(tags, allowed.start, strict=True) if fine} == seen["start"]
    assert {tag for tag, fine in zip(tags, allowed.end, strict=True) if fine} == seen["end"]
    moves = {(a, b) for i, a in enumerate(tags) for j, b in enumerate(tags) if allowed.transition[i, j]}
    assert moves == seen["move"]


def every_annotation(tokens, types):
    if tokens == 0:
        yield []
        return
    for length in range(1, tokens + 1):
        for kind in (*types, *([None] if length == 1 else [])):
            for rest in every_annotation(tokens - length, types):
                yield [(length, kind), *rest]


def spans_of_types(pieces, types):
    places = np.cumsum([0, *(length for length, _ in pieces)])
    inside = [(a, b, types.index(kind)) for (a, b), (_, kind) in zip(pairwise(places), pieces, strict=True) if kind]
    columns = np.array(inside, np.int64).reshape(-1, 3).T
    return Spans(columns[0], columns[1], columns[2].astype(np.int32)), places[[0, -1]]


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
        ("B-NP I-NP NOUN", None),
        ("B- I- O", None),
        ("O-NP B-NP", None),
        ("b-np i-np O", None),
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


def test_wrong_names_are_answered_with_the_way_out():
    with pytest.raises(UsageError, match="no span scheme is named 'IOB3'. Did you mean 'IOB"):
        scheme("IOB3")
    assert scheme("bioes").name == "IOBES"
    with pytest.raises(UsageError, match="'NOUN' is no tag of IOB2: expected O, or one of B, I with -TYPE behind it"):
        legal(["O", "NOUN"], scheme("IOB2"))
    tags = Sequences.encode([["B-X"]])
    with pytest.raises(UsageError, match="no policy for illegal sequences is named 'strikt'. Did you mean 'strict'"):
        extract(SpanTags.of(["B-X"], scheme("IOB2")), tags.ids, tags.offsets, "strikt")
