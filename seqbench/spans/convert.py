"""Spans written as tags of any scheme, so that a corpus in one scheme becomes the same corpus in another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Ids, Offsets, Sequences, strings
from seqbench.spans.extraction import Spans, extract
from seqbench.spans.schemes import ROLES, Scheme
from seqbench.spans.tags import UNTYPED, SpanTags


def convert(tags: Sequences, source: Scheme, target: Scheme, policy: str = "conlleval") -> Sequences:
    """The tags of a corpus in another scheme; illegal sequences are read by the policy and come out legal."""
    known = SpanTags.of(list(tags.vocabulary), source)
    return written(extract(known, tags.ids, tags.offsets, policy), known.names, tags.offsets, target)


def written(spans: Spans, names: tuple[str, ...], offsets: Offsets, scheme: Scheme) -> Sequences:
    """Spans as tags of a scheme, for sentences with these offsets; `names` are those of the types."""
    tokens = int(offsets[-1])
    roles, types = np.zeros(tokens, np.int64), np.full(tokens, -1)
    inside, number = spans.covered()
    first, last = _ends(spans, offsets, scheme)
    opens = (inside == spans.starts[number]) & first[number]
    closes = (inside == spans.ends[number] - 1) & last[number]
    marks = np.array([ROLES.index(role) for role in scheme.written])
    roles[inside] = marks[opens + 2 * closes]
    types[inside] = spans.types[number]
    return _encoded(roles * (len(names) + 1) + types + 1, names, offsets, scheme)


def _ends(spans: Spans, offsets: Offsets, scheme: Scheme) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the first and the last token of each span are marked: always, or where spans of one type touch."""
    if not scheme.between:
        return np.ones(len(spans), bool), np.ones(len(spans), bool)
    touching = (spans.ends[:-1] == spans.starts[1:]) & (spans.types[:-1] == spans.types[1:])
    touching &= np.diff(spans.sentences(offsets)) == 0
    return np.concatenate([[False], touching]), np.concatenate([touching, [False]])


def _encoded(codes: NDArray[np.int64], names: tuple[str, ...], offsets: Offsets, scheme: Scheme) -> Sequences:
    """Codes (tokens,) of role and type as tags over a vocabulary of those that occur."""
    used, places = np.unique(codes, return_inverse=True)
    forms = []
    for code in used.tolist():
        role, kind = divmod(code, len(names) + 1)
        typed = kind > 0 and names[kind - 1] != UNTYPED
        forms.append(scheme.tag(role, names[kind - 1] if typed else ""))
    ids: Ids = places.astype(np.int32)
    return Sequences(ids, offsets, strings(forms))
