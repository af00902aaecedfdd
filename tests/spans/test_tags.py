"""Tags taken apart into roles and types, and the moves that a scheme allows between them."""

from itertools import pairwise

import numpy as np
import pytest
from annotations import NAMES, tag_set

from seqbench import UsageError
from seqbench.spans import Spans, SpanTags, legal, scheme, written
from seqbench.spans.tags import parted


def test_a_tag_set_is_roles_and_types_by_id():
    tags = SpanTags.of(["O", "I-Y", "B-X", "B-Y"], scheme("IOB2"))
    assert ["OBIES"[role] for role in tags.roles] == ["O", "I", "B", "B"]
    assert tags.names == ("X", "Y")
    assert tags.types.tolist() == [-1, 1, 0, 1]


def test_a_tag_that_the_scheme_does_not_have_is_named_with_those_it_has():
    with pytest.raises(UsageError, match="'NOUN' is no tag of IOB2: expected O, or one of B, I with -TYPE behind it"):
        legal(["O", "NOUN"], scheme("IOB2"))


@pytest.mark.parametrize("tag", ["B-PER", "b-PER", "B_PER", "B:PER", "PER-B", "PER_b"])
def test_a_prefix_may_be_small_stand_behind_and_be_set_off_otherwise(tag):
    assert parted(tag, scheme("IOB2")) == (1, "PER")


def test_odd_tags_are_outside_and_those_of_other_schemes_keep_their_role():
    tags = SpanTags.of(["O", "B-X", "E-X", "NOUN", "B-", "O-X"], scheme("IOB2"))
    assert ["OBIES"[role] for role in tags.roles] == list("OBEOOO")
    assert tags.odd.tolist() == [False, False, False, True, True, True]
    assert tags.foreign.tolist() == [False, False, True, False, False, False]


def test_an_odd_tag_moves_as_outside():
    allowed = legal(["O", "B-X", "I-X", "NOUN"], scheme("IOB2"))
    assert (allowed.transition[3] == allowed.transition[0]).all()
    assert np.count_nonzero(~allowed.transition) == 2  # into I from O and from the odd tag


def test_without_prefixes_a_tag_is_its_type():
    tags = SpanTags.of(["O", "person", "I-place"], scheme("IO"))
    assert tags.names == ("person", "place")
    assert tags.types.tolist() == [-1, 0, 1]


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
    return Spans(starts=columns[0], ends=columns[1], types=columns[2].astype(np.int32)), places[[0, -1]]


def test_the_marks_of_language_models_are_no_spans_between_angles():
    grobid = scheme("GROBID")
    assert parted("<author>", grobid) is not None
    assert [parted(tag, grobid) for tag in ("<unk>", "</s>", "</author>")] == [None] * 3
