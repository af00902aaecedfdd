"""Promises of datasets: tagged sentences to learn from and to be tested on, the same ones each time."""

from __future__ import annotations

from seqbench.data.corpus import Corpus
from seqbench.data.dataset import Dataset
from seqbench.testing.promise import Make, Promise, require


def _splits(make: Make) -> None:
    dataset = make()
    require(isinstance(dataset, Dataset), f"it gave {type(dataset).__name__}, not a seqbench.Dataset")
    for name, corpus in _corpora(dataset):
        require(corpus.tokens, f"{name} has no token")


def _corpora(dataset: Dataset) -> list[tuple[str, Corpus]]:
    corpora = [("train", dataset.train), ("dev", dataset.dev), ("test", dataset.test)]
    return [(split, corpus) for split, corpus in corpora if corpus is not None]


def _one_tag_each(make: Make) -> None:
    for name, corpus in _corpora(make()):
        words, tags = corpus.sentences, corpus.tags
        require(len(words) == len(tags), f"{name} has {len(words)} sentences and tags for {len(tags)}")
        for number in (words.lengths != tags.lengths).nonzero()[0][:1]:
            require(kept=False, broken=f"{name}: {words[number]!r} has the tags {tags[number]!r}")


def _vocabularies(make: Make) -> None:
    dataset = make()
    for kind in ("sentences", "tags"):
        own = getattr(dataset.train, kind).vocabulary.tolist()
        used = getattr(dataset.train, kind).compact().vocabulary.tolist()
        require(own == used, f"the vocabulary of train's {kind} is not what train shows; build it with Dataset.of")
        for name, corpus in _corpora(dataset)[1:]:
            first = getattr(corpus, kind).vocabulary[: len(own)].tolist()
            require(first == own, f"{name}'s {kind} do not start with train's vocabulary; build it with Dataset.of")


def _same_again(make: Make) -> None:
    first, second = make().fingerprint, make().fingerprint
    require(first == second, f"made twice, its fingerprints are {first} and {second}")


def _layers(make: Make) -> None:
    dataset = make()
    names = sorted(dataset.train.sentences.layers)
    for split, corpus in _corpora(dataset):
        own = sorted(corpus.sentences.layers)
        require(own == names, f"{split} has the input layers {own}, train has {names}")
        for name, layer in corpus.sentences.layers.items():
            aligned = (layer.offsets == corpus.sentences.offsets).all()
            require(aligned, f"layer {name!r} of {split} has other sentences than its words")


DATASETS = (
    Promise("train-and-test", "has tokens to learn from and tokens to be tested on", _splits),
    Promise("one-tag-per-token", "has one tag for every token", _one_tag_each),
    Promise("vocabularies-of-train", "is encoded by what train shows", _vocabularies),
    Promise("same-again", "holds the same each time", _same_again),
    Promise("layers-run-along", "has the same input layers in all splits, one value for each token", _layers),
)
