"""A few tagged sentences, and some that nobody has seen, for tests of networks."""

from seqbench import Conditions, Corpus, Sequences

WORDS = ["The dog ate the apple", "Everybody read that book", "I", "It is a very long Book that I read to the dog"]
TAGS = ["DET NN V DET NN", "NN V DET NN", "NN", "NN V DET ADV ADJ NN DET NN V PART DET NN"]
CORPUS = Corpus.encode([s.split() for s in WORDS], [t.split() for t in TAGS])
UNSEEN = Sequences.encode([["Ünknown", "żebra", "чай"], ["a"], [], ["the", "x" * 99, "dog"], [], ["read"] * 17, ["I"]])
SMALL = "embedding_dim=16, hidden_dim=8, epochs=2, min_steps=8"


def fitted(tagger, corpus=CORPUS, **conditions):
    """The tagger, fitted under these conditions."""
    tagger.fit(corpus, Conditions(**conditions))
    return tagger
