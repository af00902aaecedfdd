"""The window of words: what it sees, and what it does not."""

import numpy as np
import torch
from few_sentences import CORPUS

from seqbench import Conditions, Corpus, learned, make
from seqbench.neural import Shape
from seqbench_plugins.neural.feedforward import FeedforwardTagger


def fitted(spec, corpus):
    tagger = make(spec)
    tagger.fit(corpus, Conditions())
    return tagger


def test_a_word_within_reach_decides_and_one_beyond_does_not():
    words = [[first, "x", "x", "x"] for first in ("a", "b")] * 10
    corpus = Corpus.encode(words, [[f"{first}0", f"{first}1", f"{first}2", "end"] for first, *_ in words])
    spec = "feedforward(embedding_dim=8, hidden_dim=16, dropout=0.0, word_dropout=0.0, reach={})"
    assert fitted(spec.format(2), corpus).predict(words[:2]) == list(corpus.tags[:2])
    near = fitted(spec.format(1), corpus).predict([["a", "x", "x", "x"], ["b", "x", "x", "x"]])
    assert [tags[:2] for tags in near] == [["a0", "a1"], ["b0", "b1"]]
    assert near[0][2] == near[1][2], "two words away"


def test_the_hidden_layer_reads_the_whole_window():
    tagger = FeedforwardTagger(reach=3, embedding_dim=4, hidden_dim=5)
    network = tagger.build(Shape.of(CORPUS))
    assert network.hidden.in_features == 7 * network.features.width
    assert network.output.out_features == len(CORPUS.tags.vocabulary)


def test_scores_are_the_same_by_forms_and_by_tokens():
    tagger = fitted("feedforward(embedding_dim=8, hidden_dim=16, epochs=1, min_steps=3)", CORPUS)
    network = learned(tagger).scorer.network.eval()
    batch = learned(tagger).encode(CORPUS.sentences).batch(np.arange(len(CORPUS)))
    with torch.no_grad():
        by_forms = network(batch)
    assert torch.allclose(by_forms[batch.mask], network(batch)[batch.mask], atol=1e-6)
