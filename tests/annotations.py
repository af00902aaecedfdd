"""Spans to test with: the tags of each scheme, annotations as pieces, gold and predicted tags of the same sentences."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from seqbench import Sequences
from seqbench.spans import SCHEMES, Reading, Spans, scheme

TYPES = ("X", "Y", "creative-work")
NAMES = [known.name for known in SCHEMES]


def tag_set(known, types=TYPES):
    roles = [role for role, prefix in enumerate(known.prefixes) if role and prefix != "."]
    return [known.tag(0), *(known.tag(role, kind) for role in roles for kind in types)]


def sentences_of(tags):
    return st.lists(st.lists(st.sampled_from(tags), max_size=8), min_size=1, max_size=4)


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
    columns = {"starts": np.array(starts, np.int64), "ends": np.array(ends, np.int64)}
    return Spans(**columns, types=np.array(types, np.int32)), np.array(offsets)


TAGS_OF = {
    "IOB1": ("O", "B-X", "I-X", "B-Y", "I-Y"),
    "IOB2": ("O", "B-X", "I-X", "B-Y", "I-Y"),
    "IOE2": ("O", "E-X", "I-X", "E-Y", "I-Y"),
    "IOBES": ("O", "B-X", "I-X", "E-X", "S-X", "B-Y", "I-Y", "E-Y", "S-Y"),
}


@st.composite
def gold_and_predicted(draw, tags):
    gold = draw(st.lists(st.lists(st.sampled_from(tags), min_size=1, max_size=8), min_size=1, max_size=4))
    return gold, [draw(st.lists(st.sampled_from(tags), min_size=len(s), max_size=len(s))) for s in gold]


def pair_of(gold, predicted, name, policy="conlleval"):
    encoded = Sequences.encode([*gold, *predicted])
    middle = encoded.offsets[len(gold)]
    reading = Reading(list(encoded.vocabulary), scheme(name), policy)
    return reading.pair(encoded.ids[:middle], encoded.ids[middle:], encoded.offsets[: len(gold) + 1])
