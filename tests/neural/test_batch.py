"""The sizes that a network has to be built for."""

import numpy as np
from few_sentences import CORPUS

from seqbench import Corpus, Sequences
from seqbench.neural import Shape, WordFeatures
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.vocabulary import Alphabet


def test_the_shape_of_a_corpus_counts_what_it_shows_and_the_unknown():
    shape = Shape.of(Corpus.encode([["The", "the", "dog"]], [["D", "D", "N"]]))
    assert (shape.words, shape.cased, shape.tags) == (3, 4, 2)
    assert shape.characters == len("Thetdog") - len("e") + 2 + 1
    assert shape.affixes[0] == 1 + len({"t", "d"})
    assert (shape.layers, shape.vectors) == ({}, 0)


def test_layers_are_counted_by_name():
    words = Sequences.encode([["a", "b"]])
    layered = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": Sequences.encode([["N", "V"]])})
    assert Shape.of(Corpus(layered, Sequences.encode([["X", "X"]]))).layers == {"pos": 3}


def test_a_network_of_that_shape_reads_every_batch_of_the_corpus():
    features = WordFeatures(Shape.of(CORPUS), embedding_dim=4)
    batch = Encoded(CORPUS.sentences, Alphabet.of(CORPUS.sentences), "cpu").batch(np.arange(4))
    assert features(batch).shape == (4, 12, features.width)
