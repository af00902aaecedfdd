"""Recurrent layers without padding and gradients answer what torch's own layers do."""

import numpy as np
import pytest
import torch

from seqbench import Conditions, Corpus, Sequences, learned, make
from seqbench_plugins.neural._packed_sequences import Packing

WORDS = [["the", "dog", "ate"], ["a", "cat", "saw", "the", "dog"], ["run"], ["dogs", "saw", "a"]]
CORPUS = Corpus.encode(WORDS, [["X", "Y", "X", "Y", "Z"][: len(sentence)] for sentence in WORDS])
PLAIN, INITIALS = CORPUS.sentences, Sequences.encode([[word[0] for word in sentence] for sentence in WORDS])
LAYERED = Corpus(Sequences(PLAIN.ids, PLAIN.offsets, PLAIN.vocabulary, {"initial": INITIALS}), CORPUS.tags)
SMALL = "embedding_dim=8, hidden_dim=6, epochs=1, min_steps=10"


@pytest.mark.parametrize("corpus", [CORPUS, LAYERED], ids=["words", "another layer"])
@pytest.mark.parametrize("more", ["", ", layers=2", ", bidirectional=False", ", layers=3, bidirectional=False"])
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_scores_are_those_of_torch(cell, more, corpus):
    tagger = make(f"{cell}({SMALL}{more})")
    tagger.fit(corpus, Conditions())
    network = learned(tagger).scorer.network
    many = np.tile(np.arange(len(WORDS)), 10)  # of fewer, torch's own layers would be asked
    batch = learned(tagger).encode(corpus.sentences).batch(many)
    with torch.inference_mode():
        assert network._packs(batch)
        packed = network(batch)
    padded = network(batch).detach()  # with gradients, as in training
    assert packed.shape == padded.shape
    assert packed[batch.mask].numpy() == pytest.approx(padded[batch.mask].numpy(), abs=1e-5)
    assert not packed[~batch.mask].any()


def test_packed_tokens_stand_step_by_step_longer_sentences_first():
    packing = Packing.of(torch.tensor([1, 3, 2]), 3)
    assert packing.sizes == [3, 2, 1]
    assert packing.places.tolist() == [3, 6, 0, 4, 7, 5]
    assert packing.mirror.tolist() == [5, 4, 2, 3, 1, 0]
