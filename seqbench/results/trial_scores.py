"""Scores of a trial as its record holds them, and their names where a record does not list them."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

Number: TypeAlias = int | float


class TagScore(Struct, frozen=True, kw_only=True, gc=False):
    """Precision, recall, F1 and number of gold tokens of one tag."""

    tag: str
    precision: float
    recall: float
    f1: float
    support: int


Scores: TypeAlias = dict[str, Number | tuple[TagScore, ...] | None]
"""The core's scores by name, with `tokens`, `correct`, and `per_tag`."""


FIRST_SCORES = (
    "accuracy",
    "macro_f1",
    "accuracy_known",
    "accuracy_unknown",
    "accuracy_ambiguous",
    "accuracy_new_sentences",
    "sentence_accuracy",
    "tokens",
    "correct",
    "per_tag",
)
"""Names of the scores in a record that does not list them: the scores of the versions that wrote no list."""
