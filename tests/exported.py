"""Networks that are fitted for a moment, and uneven sentences, for tests of export."""

import numpy as np

from seqbench import Conditions, Corpus, make

LETTERS = list("abcdefghijklmnopqrstuvwxyz")
TINY = "epochs=1, min_steps=1, embedding_dim=8"


def sentences(count, longest, seed=0):
    """Sentences of 1 to `longest` made-up words, most of them short; many words come again."""
    random = np.random.default_rng(seed)
    words = ["".join(random.choice(LETTERS, size)) for size in random.integers(1, 9, 400)]
    return [random.choice(words, min(size, longest)).tolist() for size in random.geometric(0.15, count)]


def corpus(count=12, longest=9):
    """Made-up words with one of five tags each."""
    words = sentences(count, longest)
    return Corpus.encode(words, [[f"T{ord(word[0]) % 5}" for word in sentence] for sentence in words])


def fitted(spec):
    """A tagger of a spec that was trained on a few sentences."""
    tagger = make(spec)
    tagger.fit(corpus(), Conditions(seed=0))
    return tagger
