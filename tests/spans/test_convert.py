"""Spans written in any scheme, and a corpus of one scheme in another."""

import numpy as np
import pytest
from annotations import NAMES, TYPES, annotations, spans_of
from hypothesis import given
from hypothesis import strategies as st

from seqbench.spans import Spans, SpanTags, convert, extract, illegal, scheme, written


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
    spans = Spans(starts=np.array([0, 2, 3]), ends=np.array([2, 3, 5]), types=np.array([0, 0, 1], np.int32))
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
