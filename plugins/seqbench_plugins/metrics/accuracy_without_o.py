"""Token accuracy where the gold tag is not O: in tag sets in IOB form, O is most of the text and easily right."""

from __future__ import annotations

import re

import numpy as np

from seqbench import Outcome

_IN_SPAN = re.compile(r"[BIESLUM]-.+")


def accuracy_without_o(outcome: Outcome) -> float | None:
    """A fraction of 1; None where gold tags are not O and B-..., I-... (or E-, S-, L-, U-, M-), or all of them are O.

    It counts tokens, not spans: a chunk with one wrong token is only partly wrong here. What tags train or a prediction
    has besides does not matter.
    """
    others = [outcome.tags[number] for number in np.unique(outcome.gold) if outcome.tags[number] != "O"]
    if "O" not in outcome.tags or not others or not all(_IN_SPAN.fullmatch(tag) for tag in others):
        return None
    inside = outcome.gold != outcome.tags.index("O")
    return float(np.mean(outcome.predicted[inside] == outcome.gold[inside])) if inside.any() else None
