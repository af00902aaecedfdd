"""Sentences of very many tokens are cut by one rule, which is said."""

import numpy as np

from seqbench import Corpus
from seqbench.data.long_sentences import in_pieces, long_sentences


def test_a_long_sentence_is_cut_behind_every_so_many_tokens():
    offsets = np.array([0, 3, 3, 13, 14])
    assert in_pieces(offsets, 4).tolist() == [0, 3, 3, 7, 11, 13, 14]
    assert in_pieces(offsets, 10) is offsets


def test_how_many_are_cut_is_said():
    corpus = Corpus.encode([["a"] * 1000, ["b"] * 2500], [["X"] * 1000, ["Y"] * 2500])
    rule = "networks read them in pieces of 1,000 tokens, all other taggers whole"
    told = f"1 sentence of test has more than 1,000 tokens (2,500 at most): {rule}"
    assert list(long_sentences("test", corpus)) == [told]
    assert list(long_sentences("test", corpus.part(0, 1))) == []
