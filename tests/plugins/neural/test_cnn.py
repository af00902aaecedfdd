"""Dilated convolutions: each layer sees twice as far."""

import numpy as np
import pytest
import torch
from few_sentences import CORPUS

from seqbench import Sequences
from seqbench.neural import Shape
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.vocabulary import Alphabet
from seqbench_plugins.neural.cnn import CNNTagger

ALPHABET = Alphabet.of(CORPUS.sentences)


def scores(network, words):
    encoded = Encoded(Sequences.encode([words]), ALPHABET, "cpu")
    with torch.inference_mode():
        return network.eval()(encoded.batch(np.array([0])))[0]


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_words_as_far_as_the_sum_of_dilations_are_seen_and_none_beyond(layers):
    torch.manual_seed(1)
    network = CNNTagger(layers=layers, embedding_dim=8, hidden_dim=16).build(Shape.of(CORPUS))
    before, after = (scores(network, ["I"] * 10 + [word] + ["I"] * 10) for word in ("dog", "apple"))
    changed = (before - after).abs().amax(1) > 1e-7
    reach = 2**layers - 1
    assert changed.nonzero().flatten().tolist() == list(range(10 - reach, 10 + reach + 1))
