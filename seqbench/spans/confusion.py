"""Outcomes of spans: right, at another boundary, of another type, both, missed; and which were invented.

Gold and predicted spans that share tokens are paired one to one: equal spans first, then those with the same
boundaries, then those of the same type, then the others, each time the pair that shares most tokens first. So every
gold and every predicted span is counted exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.spans.extraction import Spans
from seqbench.spans.scores import Counts, SpanPair

Places = NDArray[np.int64]

KINDS = ("right", "boundary", "type", "both", "missed", "invented")
"""Right; right type at wrong boundaries; wrong type at right boundaries; both wrong; without a partner."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SpanConfusion:
    """`kinds` (types, kinds) counts what became of the spans of each type, of gold types but for invented ones.

    `types` (types + 1, types + 1) counts pairs of gold type and predicted type, whatever their boundaries; the last
    column are missed spans, the last row invented ones.
    """

    names: tuple[str, ...]
    kinds: Counts
    types: Counts


def confusion(pair: SpanPair) -> SpanConfusion:
    """The confusion of one prediction; those of several add up."""
    gold, predicted = _partners(pair)
    nobody, spans = len(pair.names), len(pair.gold)
    became, partners = np.full(spans, KINDS.index("missed")), np.full(spans, nobody)
    became[gold], partners[gold] = _kind(pair, gold, predicted), pair.predicted.types[predicted]
    invented = np.delete(pair.predicted.types, predicted)
    kinds = _crossed(pair.gold.types, became, (nobody, len(KINDS)))
    kinds[:, KINDS.index("invented")] = np.bincount(invented, minlength=nobody)
    types = _crossed(pair.gold.types, partners, (nobody + 1, nobody + 1))
    types[nobody, :nobody] = np.bincount(invented, minlength=nobody)
    return SpanConfusion(names=pair.names, kinds=kinds, types=types)


def _crossed(rows: NDArray[np.int32], columns: Places, shape: tuple[int, int]) -> Counts:
    """How often each row meets each column: of this shape."""
    places = rows.astype(np.int64) * shape[1] + columns
    return np.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)


def _kind(pair: SpanPair, gold: Places, predicted: Places) -> Places:
    """Kinds of pairs of spans, as places in `KINDS`: (pairs,)."""
    a, b = pair.gold, pair.predicted
    moved = (a.starts[gold] != b.starts[predicted]) | (a.ends[gold] != b.ends[predicted])
    kinds: Places = moved + 2 * (a.types[gold] != b.types[predicted])
    return kinds


def _partners(pair: SpanPair) -> tuple[Places, Places]:
    """The numbers of gold and predicted spans that are paired: (pairs,) each.

    A pair that is the best of both its spans is taken until none is left, which is what taking the best of all pairs
    again and again comes to.
    """
    gold, predicted = _overlaps(pair)
    taken = np.zeros(0, np.int64)
    left = np.arange(len(gold))
    while len(left):
        first, second = (left[np.unique(side[left], return_index=True)[1]] for side in (gold, predicted))
        best = np.intersect1d(first, second)
        taken = np.concatenate([taken, best])
        left = left[~np.isin(gold[left], gold[best]) & ~np.isin(predicted[left], predicted[best])]
    return gold[taken], predicted[taken]


def _overlaps(pair: SpanPair) -> tuple[Places, Places]:
    """Gold and predicted spans that share tokens, the best pairs first: (pairs,) each."""
    a, b = (_owners(spans, int(pair.offsets[-1])) for spans in (pair.gold, pair.predicted))
    shared = (a >= 0) & (b >= 0)
    keys, tokens = np.unique(a[shared] * len(pair.predicted) + b[shared], return_counts=True)
    gold, predicted = np.divmod(keys, max(len(pair.predicted), 1))
    preference = np.array([0, 2, 1, 3])[_kind(pair, gold, predicted)]
    order = np.lexsort([predicted, gold, -tokens, preference])
    return gold[order], predicted[order]


def _owners(spans: Spans, tokens: int) -> Places:
    """The number of the span that each token is in, -1 outside: (tokens,)."""
    owners = np.full(tokens, -1)
    places, numbers = spans.covered()
    owners[places] = numbers
    return owners
