"""Counts for accuracy, made from right tokens."""

import numpy as np

from seqbench.scoring.sentence_counts import Counts, accuracy


def of_tokens(right, tokens):
    """From right tokens (seeds, units) of each model, and the tokens (units,) of each unit."""
    models = [np.stack([model, np.broadcast_to(tokens, model.shape)], axis=-1) for model in right]
    return Counts(tuple(models), accuracy)
