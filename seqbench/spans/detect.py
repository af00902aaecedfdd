"""Detection of the scheme that tags are written in, if any, by their prefixes and by the moves that sentences make.

Parts of speech are no spans, and neither are tags with the prefixes of a scheme that move at random.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqbench.data.corpus import Ids, Offsets, Sequences
from seqbench.errors import UsageError
from seqbench.spans.schemes import SCHEMES, Scheme
from seqbench.spans.tags import UNTYPED, SpanTags, legal

_TOLERATED = 0.1
"""Share of illegal moves in spans that a corpus with mistakes may have; tags at random have half of them or more."""


def detect(tags: Sequence[str], ids: Ids, offsets: Offsets) -> Scheme | None:
    """The scheme that fits sentences (ids into `tags`) best, None where the tags are no spans.

    All tags must be `O` or a prefix with a type (`B-NP`, `I-NP`), or all of them prefixes alone; the scheme with the
    fewest illegal moves is taken if they are at most a tenth of the tokens in spans.
    """
    fitting = [scheme for scheme in SCHEMES if _fits(tags, scheme)]
    if not fitting:
        return None
    wrong = [illegal(tags, ids, offsets, scheme) for scheme in fitting]
    best = int(np.argmin(wrong))
    outside = np.array([tag == "O" for tag in tags], bool)
    return fitting[best] if wrong[best] <= _TOLERATED * np.count_nonzero(~outside[ids]) else None


def scheme_of(tags: Sequences) -> Scheme | None:
    """The scheme of a corpus's tags, None where they are no spans."""
    return detect(list(tags.vocabulary), tags.ids, tags.offsets)


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


def _fits(tags: Sequence[str], scheme: Scheme) -> bool:
    """Whether all tags are this scheme's, with types or without, and one of them opens or ends a span."""
    try:
        known = SpanTags.of(tags, scheme)
    except UsageError:
        return False
    bare = UNTYPED in known.names and any(tag in scheme.prefixes[1:] for tag in tags)
    if bare and (len(known.names) > 1 or len({tag for tag in tags if tag != "O"}) <= 1):  # it takes B and I
        return False
    return bool(known.names)
