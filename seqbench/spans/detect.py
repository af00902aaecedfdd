"""Detection of the scheme that tags are written in, if any, by their prefixes and by the moves that sentences make.

Parts of speech are no spans, and neither are bare prefixes that move at random. A few tags that are of no scheme do
not hide the scheme of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqbench.data.corpus import Ids, Offsets, Sequences
from seqbench.errors import UsageError
from seqbench.spans.schemes import SCHEMES, Scheme
from seqbench.spans.tags import UNTYPED, SpanTags, legal

_TOLERATED = 0.1
"""Share of illegal moves or odd tags that a corpus with mistakes may have; tags at random have half of them or more."""


def detect(tags: Sequence[str], ids: Ids, offsets: Offsets) -> Scheme | None:
    """The scheme that fits sentences (ids into `tags`) best, None where the tags are no spans.

    Tags must be `O` or a prefix with a type (`B-NP`, `I-NP`) but for at most a tenth of those in spans (or one), or
    prefixes alone with illegal moves at no more than a tenth of them. The scheme with the fewest odd tags and illegal
    moves is taken. Where no sentence has a span, the tags that `tags` names decide.
    """
    fit = _best(tags, ids, offsets)
    if fit is None and not _inside(tags, ids).any():
        every = np.arange(len(tags), dtype=np.int32)
        fit = _best(tags, every, np.arange(len(tags) + 1))
        return fit.scheme if fit and not (fit.bare or fit.odd) else None
    return fit.scheme if fit and not (fit.bare and fit.irregular) else None


def scheme_of(tags: Sequences) -> Scheme | None:
    """The scheme that a corpus's tags keep to, None where they are no spans or more than a tenth of them break it."""
    fit = _best(list(tags.vocabulary), tags.ids, tags.offsets)
    return fit.scheme if fit and not fit.irregular else None


def illegal(tags: Sequence[str], ids: Ids, offsets: Offsets, scheme: Scheme) -> int:
    """Number of moves that the scheme forbids in these sentences, into the first and out of the last tag included."""
    allowed = legal(tags, scheme)
    filled = offsets[:-1][np.diff(offsets) > 0]
    inner = np.ones(len(ids), bool)
    inner[filled] = False
    inside = np.flatnonzero(inner)
    lasts = offsets[1:][np.diff(offsets) > 0] - 1
    steps = np.count_nonzero(~allowed.transition[ids[inside - 1], ids[inside]])
    return int(steps + np.count_nonzero(~allowed.start[ids[filled]]) + np.count_nonzero(~allowed.end[ids[lasts]]))


@dataclass(frozen=True)
class _Fit:
    """How well a scheme fits: tokens in its spans, tokens with odd tags, illegal moves; `bare` tags have no type."""

    scheme: Scheme
    inside: int
    odd: int
    wrong: int
    bare: bool

    @property
    def irregular(self) -> bool:
        """Whether more moves are illegal than mistakes explain."""
        return self.wrong > _TOLERATED * self.inside


def _best(tags: Sequence[str], ids: Ids, offsets: Offsets) -> _Fit | None:
    """The best fit of all schemes; only tags that occur count."""
    used, places = np.unique(ids, return_inverse=True)
    present = [tags[number] for number in used.tolist()]
    numbered = places.astype(np.int32)
    fits = [fit for scheme in SCHEMES if (fit := _fit(present, numbered, offsets, scheme)) is not None]
    return min(fits, key=lambda fit: fit.odd + fit.wrong, default=None)


def _fit(tags: Sequence[str], ids: Ids, offsets: Offsets, scheme: Scheme) -> _Fit | None:
    """The fit of a scheme to tags that all occur, None where too many of them are odd."""
    try:
        known = SpanTags.of(tags, scheme)
    except UsageError:
        return None
    counts = np.bincount(ids, minlength=len(tags))
    types = np.array([*known.names, ""])[known.types]
    own = (known.roles > 0) & ~known.foreign
    typed, bare = own & (types != UNTYPED), own & (types == UNTYPED)
    are_bare = counts[bare].sum() > counts[typed].sum()
    inside, others = (bare, typed) if are_bare else (typed, bare)
    odd, size = int(counts[known.odd | known.foreign | others].sum()), int(counts[inside].sum())
    most = _TOLERATED * size if are_bare else max(_TOLERATED * size, 1)
    if size <= odd or odd > most or (are_bare and np.count_nonzero(bare) <= 1):  # bare tags take B and I
        return None
    return _Fit(scheme, size, odd, illegal(tags, ids, offsets, scheme), bool(are_bare))


def _inside(tags: Sequence[str], ids: Ids) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Whether each token's tag is another than `O`: (tokens,)."""
    other = np.array([tag not in {"O", "o"} for tag in tags], bool)
    return other[ids] if len(tags) else np.zeros(0, bool)
