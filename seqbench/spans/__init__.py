"""Spans (chunks, entities) written as one tag a token: schemes, legal moves, extraction, conversion, scores.

A plugin may use all that is named here: a structured model takes the scheme of its training tags from `scheme_of` and
the moves that it may make from `legal`.
"""

from seqbench.spans.confusion import KINDS, SpanConfusion, confusion
from seqbench.spans.convert import convert, written
from seqbench.spans.detect import detect, illegal, scheme_of
from seqbench.spans.extraction import Spans, extract
from seqbench.spans.reading import misfits, missing_types, reading_of
from seqbench.spans.schemes import POLICIES, SCHEMES, Scheme, scheme
from seqbench.spans.scores import Reading, SpanPair, macro, micro, scores
from seqbench.spans.tags import Legal, SpanTags, legal

__all__ = [
    "KINDS",
    "POLICIES",
    "SCHEMES",
    "Legal",
    "Reading",
    "Scheme",
    "SpanConfusion",
    "SpanPair",
    "SpanTags",
    "Spans",
    "confusion",
    "convert",
    "detect",
    "extract",
    "illegal",
    "legal",
    "macro",
    "micro",
    "misfits",
    "missing_types",
    "reading_of",
    "scheme",
    "scheme_of",
    "scores",
    "written",
]
