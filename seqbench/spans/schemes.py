"""The schemes that write spans as one tag a token: their prefixes, what they allow, how they are read strictly.

A tag has a role (outside, begin, inside, end, single) and a type. Moves between neighbouring tags are written as two
roles, `BI`, with `=` where both must have the same type, `!` where they must differ; `?` stands for every role.
IOB1 is that of Ramshaw and Marcus (1995), the variants are those of Tjong Kim Sang and Veenstra (1999).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.errors import unknown

ROLES = "OBIES"
"""Outside, begin, inside, end, single: a role's number is its place."""

Moves: TypeAlias = NDArray[np.bool_]
"""Set of moves: (2 for types that differ or agree, roles before, roles after)."""


def moves(patterns: str) -> Moves:
    """The set of moves that blank-separated patterns stand for; no pattern asks for the type of what is outside."""
    table = np.zeros((2, len(ROLES), len(ROLES)), bool)
    for pattern in patterns.split():
        before, after = (ROLES if role == "?" else role for role in pattern[:2])
        types = {"=": [1], "!": [0]}.get(pattern[2:], [0, 1])
        for same, first, second in product(types, before, after):
            table[same, ROLES.index(first), ROLES.index(second)] = True
    return table


@dataclass(frozen=True)
class Rules:
    """Rules to read spans from tags: a token that `opens` one, those that go on while each `continues`, and the end.

    A span ends where no move continues it; it counts only if that last move `closes` it.
    """

    opens: str
    continues: str
    closes: str


@dataclass(frozen=True)
class Scheme:
    """Way to write spans as one tag a token.

    `prefixes` has the prefix of each of `ROLES`, `.` where a role is not used. A legal sentence begins with a role of
    `first`, moves by `legal` and ends with a role of `last`; `strict` says which spans of an illegal one count.
    `written` are the roles of the inner, first, last and only token of a span; where `between` is true, first or last
    tokens are marked only where two spans of one type touch. Without prefixes (`prefixed` false) a tag is its type.
    `angled` tags are those of GROBID: `I-<type>` begins a span, `<type>` goes on, `<other>` is outside.
    """

    name: str
    prefixes: str
    first: str
    legal: str
    last: str
    strict: Rules
    written: str
    between: bool = False
    prefixed: bool = True
    angled: bool = False

    def role(self, prefix: str) -> int | None:
        """The number of the role that a prefix stands for."""
        return self.prefixes.index(prefix) if prefix in self.prefixes and prefix != "." else None

    def tag(self, role: int, kind: str = "") -> str:
        """The tag of a role, by its number, and a type."""
        if self.angled:
            return f"{'I-' * (ROLES[role] == 'B')}<{kind or 'other'}>"
        return f"{self.prefixes[role]}-{kind}" if kind else self.prefixes[role]

    @property
    def illegal_as(self) -> str:
        """Scheme by which the lenient policy reads illegal sequences; conlleval has no ends and no single tokens."""
        return (
            "seqeval" if {"E", "S"} & {ROLES[i] for i, mark in enumerate(self.prefixes) if mark != "."} else "conlleval"
        )


_IOB1 = Scheme(
    "IOB1",
    prefixes="OBI..",
    first="OI",
    legal="OO OI BO BI BB= IO II IB=",
    last="OBI",
    strict=Rules("OI II! BI IB= BB=", "BI= II=", "II! IO IB BO BI! BB="),
    written="IBIB",
    between=True,
)
_IOB2 = Scheme(
    "IOB2",
    prefixes="OBI..",
    first="OB",
    legal="OO OB BO BB BI= IO IB II=",
    last="OBI",
    strict=Rules("?B", "BI= II=", "II! IO IB BO BI! BB"),
    written="IBIB",
)
_GROBID = replace(_IOB2, name="GROBID", angled=True)
_IOBE = Scheme(
    "IOBE",
    prefixes="OBIE.",
    first="OB",
    legal="OO OB BI= BE= BO BB II= IE= EO EB",
    last="OBE",
    strict=Rules("?B", "BI= BE= II= IE=", "E? B?"),
    written="IBEB",
)
"""First and last tokens are marked, and a single token is a first one."""
_IOE1 = Scheme(
    "IOE1",
    prefixes="O.IE.",
    first="OIE",
    legal="OO OI OE IO II IE EI= EE=",
    last="OI",
    strict=Rules("OI OE II! IE! EI EE=", "II= IE=", "II! IO IE! EI= EE="),
    written="IIEE",
    between=True,
)
_IOE2 = Scheme(
    "IOE2",
    prefixes="O.IE.",
    first="OIE",
    legal="OO OI OE II= IE= EO EI EE",
    last="OE",
    strict=Rules("OI OE EI EE II! IE!", "II= IE=", "E?"),
    written="IIEE",
)


def _with_both_ends(name: str, prefixes: str) -> Scheme:
    """The scheme that marks first, last and single tokens of spans."""
    return Scheme(
        name,
        prefixes,
        first="OBS",
        legal="OO OB OS BI= BE= II= IE= EO EB ES SO SB SS",
        last="OES",
        strict=Rules("?B ?S", "BI= BE= II= IE=", "E? S?"),
        written="IBES",
    )


SCHEMES = (
    _IOB2,
    _IOB1,
    _IOE2,
    _IOE1,
    _with_both_ends("IOBES", "OBIES"),
    _with_both_ends("BILOU", "OBILU"),
    _with_both_ends("BMES", "OBMES"),
    _with_both_ends("BMEOW", "OBMEW"),
    _IOBE,
    _GROBID,
)
"""All schemes that are detected; of two that fit the same tags equally well the first one is."""

IO = Scheme(
    "IO",
    prefixes="O.I..",
    first="OI",
    legal="OO OI IO II",
    last="OI",
    strict=Rules("OI II!", "II=", "II! IO"),
    written="IIII",
    prefixed=False,
)
"""Scheme without prefixes (`person person O`): neighbouring tokens of one type are a span; only read on request."""

CONLLEVAL = Rules("?B ?S OI OE EI EE SI SE ?I! ?E!", "BI= BE= II= IE=", "??")
"""Rules of conlleval for illegal sequences (Tjong Kim Sang and Buchholz 2000), for single tokens those of seqeval."""

POLICIES = ("conlleval", "strict")

_ALIASES = {"BIO": "IOB2", "BIO1": "IOB1", "BIO2": "IOB2", "BIOES": "IOBES"}


def scheme(name: str) -> Scheme:
    """The scheme of this name, in any case. Raises `UsageError` with the nearest name if there is none."""
    known = {scheme.name: scheme for scheme in (*SCHEMES, IO)}
    canonical = _ALIASES.get(name.upper(), name.upper())
    if canonical not in known:
        raise unknown("span scheme", name, known, listed="Schemes")
    return known[canonical]


def rules(scheme: Scheme, policy: str) -> Rules:
    """Rules by which a policy reads the tags of a scheme. Raises `UsageError` if there is no such policy."""
    if policy not in POLICIES:
        raise unknown("policy for illegal sequences", policy, POLICIES, listed="Policies")
    return scheme.strict if policy == "strict" else CONLLEVAL
