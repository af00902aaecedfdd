"""Tokens of a test set that a score is about: those of sentences that train does not have."""

from __future__ import annotations

import numpy as np

from seqbench.contracts.metric import Flags, Outcome
from seqbench.scoring.reference import Reference


def in_new_sentences(outcome: Outcome | Reference) -> Flags | None:
    """The tokens (tokens,) of sentences that train does not have, None for all."""
    if not len(outcome.repeated):
        return None
    new: Flags = np.repeat(~outcome.repeated, np.diff(outcome.offsets))
    return new
