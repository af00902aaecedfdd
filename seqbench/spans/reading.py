"""How the spans of an outcome are read: by the settings of its run, or the scheme that gold shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from seqbench.data.corpus import Ids, Offsets
from seqbench.errors import UsageError
from seqbench.spans.detect import detect
from seqbench.spans.schemes import scheme
from seqbench.spans.scores import Reading
from seqbench.spans.tags import SpanTags


class _Settings(Protocol):
    """See `seqbench.contracts.metric.SpanSettings`."""

    @property
    def scheme(self) -> str | None: ...
    @property
    def policy(self) -> str: ...
    @property
    def without(self) -> tuple[str, ...]: ...


class _Outcome(Protocol):
    """The parts of a `seqbench.Outcome`, or of a test set, that say how spans are read."""

    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def gold(self) -> Ids: ...
    @property
    def offsets(self) -> Offsets: ...
    @property
    def spans(self) -> _Settings: ...


def reading_of(outcome: _Outcome) -> Reading | None:
    """The reading of an outcome's tags as spans, None where they are no spans."""
    settings = outcome.spans
    if settings.scheme is None:
        known = detect(outcome.tags, outcome.gold, outcome.offsets)
        return None if known is None else Reading(outcome.tags, known, settings.policy, settings.without)
    reading = Reading(outcome.tags, scheme(settings.scheme), settings.policy, settings.without)
    try:
        SpanTags.of(reading.tags, reading.scheme)
    except UsageError:
        return None
    return reading


def missing_types(reading: Reading) -> Iterator[str]:
    """A sentence on types that are to be left out, and that no tag has."""
    known = SpanTags.of(reading.tags, reading.scheme).names
    missing = ", ".join(repr(kind) for kind in reading.without if kind not in known)
    if missing:
        yield f"no span has the type {missing}, which --without-type names; types: {', '.join(known) or 'none'}"


def misfits(reading: Reading, ids: Ids, offsets: Offsets, whose: str) -> Iterator[str]:
    """Sentences on tags that the scheme does not have: how many, the first one, and how they are read."""
    known = SpanTags.of(reading.tags, reading.scheme)
    name = reading.scheme.name
    foreign = "as seqeval reads them" if reading.policy != "strict" else "as no span"
    for flags, what, how in (
        (known.odd, f"are no tags of {name}", "as O"),
        (known.foreign, f"are of another scheme than {name}", foreign),
    ):
        places = np.flatnonzero(flags[ids])
        if len(places):
            sentence = int(np.searchsorted(offsets, places[0], side="right"))
            first = f"{str(reading.tags[ids[places[0]]])!r}, first in sentence {sentence}"
            yield f"{len(places):,} of {len(ids):,} {whose} tags {what} ({first}): read {how}"
