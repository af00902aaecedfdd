"""A run over the folds of a small corpus whose file names its sentences, some of which repeat others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from runs import Things

from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run

FOLDS, REPEATS = 3, 2
WORDS = [[f"{'abcde'[i * j % 5]}{i % 7}" for j in range(2 + i % 4)] for i in range(30)]
TAGS = [["XYZ"[(len(word) + i) % 3] for word in sentence] for i, sentence in enumerate(WORDS)]


class Sure:
    """The tag of the training set that a word's hash and the seed name, in which it is as sure as of any."""

    def __init__(self, *, offset: int = 0):
        self.offset = offset

    def fit(self, train, conditions):
        self.tags, self.seed = list(train.tags.vocabulary), conditions.seed

    def predict(self, sentences):
        return [[sorted(self.tags)[self.number(word)] for word in words] for words in sentences]

    def number(self, word):
        further = {"a": self.seed, "b": self.offset}.get(word[0], 0)
        return (sum(map(ord, word)) + further) % len(self.tags)

    def predict_proba(self, sentences):
        given = np.full((len(sentences.ids), len(self.tags)), 0.1, np.float32)
        order = [self.tags.index(tag) for tag in sorted(self.tags)]
        for token, word in enumerate(word for words in sentences for word in words):
            given[token, order[self.number(word)]] = 1 - 0.1 * (len(self.tags) - 1)
        return given


def corpus_file(folder: Path) -> Path:
    """The corpus as CoNLL-U with names of sentences, the first ones twice."""
    blocks = []
    for number, (words, tags) in enumerate([*zip(WORDS, TAGS, strict=True), *zip(WORDS[:REPEATS], TAGS, strict=False)]):
        rows = [f"{i}\t{w}\t_\t{t}\t_\t_\t0\t_\t_\t_" for i, (w, t) in enumerate(zip(words, tags, strict=True), 1)]
        blocks.append("\n".join([f"# sent_id = s{number}", *rows]))
    path = folder / "corpus.conllu"
    path.write_text("\n\n".join(blocks) + "\n\n", encoding="utf-8")
    return path


def folded_run(folder: Path, *specs: str, seeds: int = 2) -> Store:
    """The finished run of two models on the folds of the corpus."""
    folder.mkdir(parents=True)
    source = corpus_file(folder)
    registry = Registry.discover()
    registry.add(Things({"sure": Sure}, {}), "samples")
    data = [load(f"{source}?fold={number}/{FOLDS}", registry) for number in range(1, FOLDS + 1)]
    models = [resolve(registry, parse(spec)) for spec in specs or ("a=sure()", "b=sure(offset=1)")]
    store = Store.create(folder / "run")
    run(Plan(data, models, seeds), registry, store, lambda _note: None)
    return store
