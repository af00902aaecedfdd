"""Probabilities that a tagger might give, drawn at random."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

TAGS = 4


@st.composite
def answers(draw):
    """Probabilities (tokens, tags), gold and predicted ids."""
    tokens = draw(st.integers(2, 40))
    random = np.random.default_rng(draw(st.integers(0, 999)))
    probabilities = random.dirichlet(np.full(TAGS, 0.4), tokens).astype(np.float32)
    return probabilities, random.integers(0, TAGS, tokens), probabilities.argmax(1)
