"""Corpora put together from several files, and dev and test taken from a corpus that has no split."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, Sequences

_PARTS = 10
Numbers = NDArray[np.int64]


def joined(corpora: Sequence[Corpus]) -> Corpus:
    """Corpora in a row, over one vocabulary in order of first sight."""
    if len(corpora) == 1:
        return corpora[0]
    over = [corpora[0]]
    for corpus in corpora[1:]:
        over.append(corpus.extend(over[-1]))
    starts = np.cumsum([0, *(len(corpus) for corpus in over)])
    documents = np.concatenate([corpus.documents + start for corpus, start in zip(over, starts, strict=False)])
    sentences = _joined([corpus.sentences for corpus in over])
    return Corpus(sentences, _joined([corpus.tags for corpus in over]), documents)


def _joined(parts: Sequence[Sequences]) -> Sequences:
    """Sequences in a row; each vocabulary begins with that of the sequences before."""
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate([part.lengths for part in parts]))])
    layers = {name: _joined([part.layers[name] for part in parts]) for name in parts[0].layers}
    ids = np.concatenate([part.ids for part in parts])
    return Sequences(ids, offsets, parts[-1].vocabulary, MappingProxyType(layers))


def held_out(corpus: Corpus, way: str) -> tuple[dict[str, Corpus], str]:
    """Train, dev and test of a corpus without split, and a note that says how they were taken.

    "last": the last tenth is test, the tenth before it dev. "tenth": every tenth sentence is test, and the one before
    it dev. "tenth-document": the same of documents.
    """
    if way == "last":
        part = np.arange(len(corpus)) * _PARTS // len(corpus)
        note = "the corpus has no split: its last tenth is test, the tenth before it dev"
    elif way == "tenth-document" and len(corpus.documents) >= _PARTS:
        part = (np.searchsorted(corpus.documents, np.arange(len(corpus)), side="right") - 1) % _PARTS
        note = "the corpus has no split: every tenth document is test, and the one before it dev"
    else:
        part = np.arange(len(corpus)) % _PARTS
        note = "the corpus has no split: every tenth sentence is test, and the one before it dev"
    chosen = {"train": part < _PARTS - 2, "dev": part == _PARTS - 2, "test": part == _PARTS - 1}
    return {split: _taken(corpus, np.flatnonzero(flags)) for split, flags in chosen.items()}, note


def _taken(corpus: Corpus, numbers: Numbers) -> Corpus:
    """Sentences with these numbers, and the documents that they open."""
    taken = corpus.take(numbers)
    if not len(corpus.documents):
        return taken
    document = np.searchsorted(corpus.documents, numbers, side="right")
    opens = np.flatnonzero(np.diff(document, prepend=-1))
    return Corpus(taken.sentences, taken.tags, opens)
