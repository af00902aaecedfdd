"""Copies of sentences in which words are exchanged: text that nobody has tagged, for a teacher to tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from seqbench import Corpus, Sequences


def copies_of(train: Corpus, number: int, share: float, seed: int) -> Iterator[Sequences]:
    """Copies of train's sentences, in which this share of the words is drawn anew from the words of train.

    A word is drawn as often as the square root of how often train has it: rare words come into more company than they
    had. Input layers stay as they are.
    """
    draw = np.random.default_rng(seed)
    ids = train.sentences.ids
    weights = np.sqrt(np.bincount(ids, minlength=1))
    for _ in range(number):
        exchanged = np.flatnonzero(draw.random(len(ids)) < share)
        copy = ids.copy()
        copy[exchanged] = draw.choice(len(weights), len(exchanged), p=weights / weights.sum())
        yield replace(train.sentences, ids=copy)


def together(train: Corpus, copies: Sequence[Sequences]) -> Corpus:
    """Copies of train behind each other, each with the tags of train."""
    parts = [(copy, train.tags) for copy in copies]
    return Corpus(_joined([words for words, _ in parts]), _joined([tags for _, tags in parts]))


def _joined(parts: Sequence[Sequences]) -> Sequences:
    """Sequences of one vocabulary behind each other."""
    lengths = np.concatenate([part.lengths for part in parts])
    layers = {name: _joined([part.layers[name] for part in parts]) for name in parts[0].layers}
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    ids = np.concatenate([part.ids for part in parts])
    return Sequences(ids, offsets, parts[0].vocabulary, MappingProxyType(layers))
