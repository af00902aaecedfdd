"""Tags taken apart: each tag's role and the type of its span, by the scheme that they are written in.

A prefix may be a small letter, stand behind the type, and be set off by `-`, `_` or `:` (`B-PER`, `b_PER`, `PER-B`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.errors import UsageError
from seqbench.spans.schemes import ROLES, Scheme, moves

UNTYPED = "_"
"""The type of tags that are a prefix and no more (B, I, O)."""

_FRONT, _BACK = re.compile(r"([A-Za-z])[-_:](.+)", re.DOTALL), re.compile(r"(.+)[-_:]([A-Za-z])", re.DOTALL)
_ANGLED = re.compile(
    r"(I-)?<(?!unk>|/|[BIESLUMW][-_:])([^<>]+)>"
)  # no words of the task next-word (<unk>, </s>), no <B-X>
_OF_ANY = {"O": "O", "B": "B", "I": "I", "M": "I", "E": "E", "L": "E", "S": "S", "U": "S", "W": "S"}


@dataclass(frozen=True, eq=False)
class SpanTags:
    """A tag set by id: `roles` (tags,), `types` (tags,) that index `names`; the type outside of spans is -1.

    `odd` (tags,) marks tags of no scheme, which are read as outside; `foreign` (tags,) those that only other schemes
    have, which keep their role there.
    """

    scheme: Scheme
    roles: NDArray[np.int8]
    types: NDArray[np.int32]
    names: tuple[str, ...]
    odd: NDArray[np.bool_]
    foreign: NDArray[np.bool_]

    @classmethod
    def of(cls, tags: Sequence[str], scheme: Scheme) -> SpanTags:
        """The tags by their ids. Raises `UsageError` if the scheme has none of them but perhaps `O`."""
        own = [parted(tag, scheme) for tag in tags]
        parts = [part or _elsewhere(tag, scheme) for tag, part in zip(tags, own, strict=True)]
        if None in own and not any(part and part[0] for part in own):
            raise _no_tag(tags[own.index(None)], scheme)
        read = [part or (0, UNTYPED) for part in parts]
        names = tuple(sorted({kind for role, kind in read if role}))
        types = [names.index(kind) if role else -1 for role, kind in read]
        odd = np.array([part is None for part in parts], bool)
        foreign = np.array([part is None for part in own], bool) & ~odd
        roles = np.array([role for role, _ in read], np.int8)
        return cls(scheme, roles, np.array(types, np.int32), names, odd, foreign)

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


def parted(tag: str, scheme: Scheme) -> tuple[int, str] | None:
    """A tag's role and type, None if the scheme has no such tag."""
    if tag in {"O", "o"}:
        return 0, UNTYPED
    if scheme.angled:
        return _angled(tag)
    if not scheme.prefixed:
        return (ROLES.index("I"), tag.removeprefix("I-")) if tag != "I-" else None
    return _prefixed(tag, scheme)


def _prefixed(tag: str, scheme: Scheme) -> tuple[int, str] | None:
    """Role and type of a tag with a prefix, before or behind the type."""
    role = scheme.role(tag.upper())
    if role:
        return role, UNTYPED
    if (match := _FRONT.fullmatch(tag)) and (role := scheme.role(match[1].upper())):
        return role, match[2]
    if (match := _BACK.fullmatch(tag)) and (role := scheme.role(match[2].upper())):
        return role, match[1]
    return None


def _angled(tag: str) -> tuple[int, str] | None:
    """Role and type of a tag in angle brackets, None if it is none."""
    match = _ANGLED.fullmatch(tag)
    if match is None:
        return None
    role = "O" if match[2] == "other" else "B" if match[1] else "I"
    return ROLES.index(role), UNTYPED if role == "O" else match[2]


def legal(tags: Sequence[str], scheme: Scheme) -> Legal:
    """The moves that a scheme allows between these tags; odd ones move as `O`.

    Raises `UsageError` if the scheme has none of the tags but perhaps `O`.
    """
    known = SpanTags.of(tags, scheme)
    first, last = (
        np.array([ROLES[role] in ends for role in known.roles], bool) for ends in (scheme.first, scheme.last)
    )
    return Legal(start=first, transition=known.pairs(scheme.legal)[:-1, :-1], end=last)


def _elsewhere(tag: str, scheme: Scheme) -> tuple[int, str] | None:
    """Role and type of a tag that has a type and a prefix of other schemes."""
    if not scheme.prefixed or scheme.angled:
        return None
    for pattern, prefix, kind in ((_FRONT, 1, 2), (_BACK, 2, 1)):
        if (match := pattern.fullmatch(tag)) and (role := _OF_ANY.get(match[prefix].upper(), "O")) != "O":
            return ROLES.index(role), match[kind]
    return None


def _no_tag(tag: str, scheme: Scheme) -> UsageError:
    prefixes = ", ".join(prefix for prefix in scheme.prefixes[1:] if prefix != ".")
    return UsageError(f"{tag!r} is no tag of {scheme.name}: expected O, or one of {prefixes} with -TYPE behind it")
