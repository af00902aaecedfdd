"""The two sentences of PyTorch's tutorial on sequence models, which are its training set and its test."""

from __future__ import annotations

from seqbench import Corpus, Dataset

_SENTENCES = (
    ("The dog ate the apple", "DET NN V DET NN"),
    ("Everybody read that book", "NN V DET NN"),
)


def tutorial() -> Dataset:
    """Two sentences, nine tokens, three tags."""
    words, tags = zip(*((sentence.split(" "), tags.split(" ")) for sentence, tags in _SENTENCES), strict=True)
    corpus = Corpus.encode(words, tags)
    note = "test is train: two sentences show that a model can learn them, not that it has learned anything else"
    return Dataset.of("tutorial", train=corpus, test=corpus, notes=(note,), source="tutorial")
