"""Tags taken apart: each tag's role and the type of its span, by the scheme that they are written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.errors import UsageError
from seqbench.spans.schemes import ROLES, Scheme, moves

UNTYPED = "_"
"""The type of tags that are a prefix and no more (B, I, O)."""


@dataclass(frozen=True, eq=False)
class SpanTags:
    """A tag set by id: `roles` (tags,), `types` (tags,) that index `names`; the type outside of spans is -1."""

    scheme: Scheme
    roles: NDArray[np.int8]
    types: NDArray[np.int32]
    names: tuple[str, ...]

    @classmethod
    def of(cls, tags: Sequence[str], scheme: Scheme) -> SpanTags:
        """The tags by their ids. Raises `UsageError` for the first one that the scheme does not have."""
        parts = [parted(tag, scheme) for tag in tags]
        names = tuple(sorted({kind for role, kind in parts if role}))
        types = [names.index(kind) if role else -1 for role, kind in parts]
        return cls(scheme, np.array([role for role, _ in parts], np.int8), np.array(types, np.int32), names)

    def pairs(self, patterns: str) -> NDArray[np.bool_]:
        """Whether the move from one tag to another is one of a set of moves: (tags + 1, tags + 1).

        The last row and column stand for the place before and behind a sentence, which counts as outside.
        """
        roles, types = np.append(self.roles, 0), np.append(self.types, -1)
        same = (types[:, None] == types).astype(int)
        allowed: NDArray[np.bool_] = moves(patterns)[same, roles[:, None], roles]
        return allowed


@dataclass(frozen=True, eq=False, kw_only=True)
class Legal:
    """Moves that a scheme allows: `start` and `end` (tags,) of a sentence, `transition` (tags before, tags after)."""

    start: NDArray[np.bool_]
    transition: NDArray[np.bool_]
    end: NDArray[np.bool_]


def parted(tag: str, scheme: Scheme) -> tuple[int, str]:
    """A tag's role and type. Raises `UsageError` if the scheme has no such tag."""
    prefix, dash, kind = tag.partition("-")
    role = scheme.role(prefix)
    if role is None or (dash and not kind) or (dash and role == 0):
        prefixes = ", ".join(prefix for prefix in scheme.prefixes[1:] if prefix != ".")
        raise UsageError(f"{tag!r} is no tag of {scheme.name}: expected O, or one of {prefixes} with -TYPE behind it")
    return role, kind or UNTYPED


def legal(tags: Sequence[str], scheme: Scheme) -> Legal:
    """The moves that a scheme allows between these tags. Raises `UsageError` for a tag that the scheme has not."""
    known = SpanTags.of(tags, scheme)
    first, last = (
        np.array([ROLES[role] in ends for role in known.roles], bool) for ends in (scheme.first, scheme.last)
    )
    return Legal(start=first, transition=known.pairs(scheme.legal)[:-1, :-1], end=last)
