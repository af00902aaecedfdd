"""The batches of an epoch: every token once with its own tag, in an order that the seed draws."""

import numpy as np
import pytest
import torch
from few_sentences import CORPUS

from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.loss import IGNORED
from seqbench.neural.training_batches import TrainingBatches, rarity
from seqbench.neural.vocabulary import Alphabet

ALPHABET = Alphabet.of(CORPUS.sentences)


def test_rare_words_are_hidden_more_often():
    assert rarity(np.array([0, 1, 9]), 1.0).tolist() == pytest.approx([0.5, 0.5, 0.1])


def batches(seed=0, size=12):
    encoded = Encoded(CORPUS.sentences, ALPHABET, "cpu")
    random = np.random.default_rng(seed)
    return TrainingBatches(encoded=encoded, gold=CORPUS.tags.ids, size=size, hidden=None, random=random)


def pairs(seed=0):
    """(word, tag) ids of a pass, in order."""
    columns = [(batch.words[batch.mask].tolist(), tags[batch.mask].tolist()) for batch, tags in batches(seed)()]
    return [pair for words, tags in columns for pair in zip(words, tags, strict=True)]


def test_a_pass_has_every_token_once_with_its_tag():
    words = [ALPHABET.words[word.lower()] for sentence in CORPUS.sentences for word in sentence]
    assert sorted(pairs()) == sorted(zip(words, CORPUS.tags.ids.tolist(), strict=True))
    assert all((tags[~batch.mask] == IGNORED).all() for batch, tags in batches()())
    assert len(list(batches()())) == batches().count == 3


def test_the_seed_draws_the_order():
    assert pairs(seed=1) == pairs(seed=1)
    assert any(pairs(seed=1) != pairs(seed) for seed in (2, 3, 4))


def test_each_pass_has_an_order_of_its_own():
    one = batches(size=5)
    passes = [[tags.flatten().tolist() for _, tags in one()] for _ in range(4)]
    assert any(other != passes[0] for other in passes[1:])
    assert torch.is_tensor(next(iter(one()))[1])
