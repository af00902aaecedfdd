"""Spans read from tags, against seqeval and against conlleval's rules."""

from itertools import pairwise

import numpy as np
import pytest
import seqeval.scheme as oracle
from annotations import NAMES, TYPES, sentences_of, tag_set
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities

from seqbench import Sequences, UsageError
from seqbench.spans import Spans, SpanTags, extract, scheme

SEQEVAL = {"BMES": "IOBES", "BMEOW": "IOBES"}


LETTERS = {"BILOU": str.maketrans("LU", "ES"), "BMES": str.maketrans("M", "I"), "BMEOW": str.maketrans("MW", "IS")}


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


@pytest.mark.parametrize("name", [name for name in NAMES if name != "GROBID"])
@given(data=st.data())
def test_read_as_conlleval_does_spans_equal_seqeval_s_default(name, data):
    known = scheme(name)
    sentences = data.draw(sentences_of(tag_set(known)))
    plain = in_plain_letters(sentences, known)
    expected = {(n, *entity) for n, sentence in enumerate(plain) for entity in get_entities(sentence)}
    assert found(sentences, known, "conlleval") == expected


@pytest.mark.parametrize("name", ["IOB1", "IOB2", "IOE2", "IOBES"])
@given(sentences_of([f"{prefix}-{kind}" for prefix in "BIES" for kind in TYPES] + ["O"]))
def test_tags_of_other_schemes_are_read_as_seqeval_reads_them(name, sentences):
    expected = {(n, *entity) for n, sentence in enumerate(sentences) for entity in get_entities(sentence)}
    if {tag[0] for sentence in sentences for tag in sentence} & set(scheme(name).prefixes[1:]):
        assert found(sentences, scheme(name), "conlleval") == expected


@pytest.mark.parametrize("name", ["IOB1", "IOB2", "IOE1", "IOE2"])
@given(data=st.data())
def test_read_as_conlleval_does_spans_equal_conlleval_s_rules(name, data):
    known = scheme(name)
    sentences = data.draw(sentences_of([*tag_set(known, TYPES[:2])]))
    assert found(sentences, known, "conlleval") == set(conlleval(sentences))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"IOBE", "GROBID"}])
@given(data=st.data())
def test_read_strictly_spans_equal_seqeval_s_strict_mode(name, data):
    known = scheme(name)
    sentences = data.draw(sentences_of(tag_set(known)))
    strict = CompletedIOE1 if name == "IOE1" else getattr(oracle, SEQEVAL.get(name, name))
    plain = in_plain_letters(sentences, known) if name in SEQEVAL else sentences
    entities = oracle.Entities(plain, strict).entities
    expected = {(e.sent_id, e.tag, e.start, e.end - 1) for sentence in entities for e in sentence}
    assert found(sentences, known, "strict") == expected


@pytest.mark.parametrize("policy", ["conlleval", "strict"])
def test_untyped_tags_are_spans_of_one_type(policy):
    assert found([["B", "I", "O", "B"]], scheme("IOB2"), policy) == {(0, "_", 0, 1), (0, "_", 3, 3)}
    assert {e[1:] for e in found([["B", "M", "E", "S"]], scheme("BMES"), policy)} == {("_", 0, 2), ("_", 3, 3)}


def test_a_policy_that_is_none_is_answered_with_the_nearest():
    tags = Sequences.encode([["B-X"]])
    with pytest.raises(UsageError, match="no policy for illegal sequences is named 'strikt'. Did you mean 'strict'"):
        extract(SpanTags.of(["B-X"], scheme("IOB2")), tags.ids, tags.offsets, "strikt")


def test_spans_know_their_sentences_and_the_tokens_that_they_cover():
    """Three sentences of 3, 0 and 4 tokens; spans over tokens 1-2, 3 and 5-6."""
    spans = Spans(starts=np.array([1, 3, 5]), ends=np.array([3, 4, 7]), types=np.zeros(3, np.int32))
    assert spans.sentences(np.array([0, 3, 3, 7])).tolist() == [0, 2, 2]
    tokens, numbers = spans.covered()
    assert list(zip(tokens.tolist(), numbers.tolist(), strict=True)) == [(1, 0), (2, 0), (3, 1), (5, 2), (6, 2)]
    assert len(spans) == 3
