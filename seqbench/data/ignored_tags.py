"""Tokens whose gold tag stands for nothing, such as `_` for unspecified: left out of dev and test, and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus, Sequences
from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError

OPTION = "ignore"
"""Option of a path or a name: tags by comma."""


def without_tags(dataset: Dataset, text: str) -> Dataset:
    """Dataset without the tokens of dev and test that have one of these tags, which a note counts.

    Raises `UsageError` if no token of test has one of them, or all have.
    """
    tags = text.split(",")
    kept = counted(dataset.test, tags)
    if kept.all() or not kept.any():
        what = "no token" if kept.all() else "every token"
        raise UsageError(f"?{OPTION}={text}: {what} of test has one of these tags")
    dev = dataset.dev
    if dev is not None:
        dev_kept = counted(dev, tags)
        dev = _only(dev, dev_kept) if dev_kept.any() else None
    count = int(np.count_nonzero(~kept))
    note = f"{count:,} of {len(kept):,} test tokens have a tag of ?{OPTION}={text}: they are left out, tagged by nobody"
    mark = "&" if "?" in dataset.source else "?"
    source = f"{dataset.source}{mark}{OPTION}={text}"
    return replace(dataset, dev=dev, test=_only(dataset.test, kept), notes=(*dataset.notes, note), source=source)


def counted(corpus: Corpus, tags: Sequence[str]) -> NDArray[np.bool_]:
    """Flags of the tokens that have none of these tags: (tokens,)."""
    flags = np.array([tag not in tags for tag in corpus.tags.vocabulary], bool)
    kept: NDArray[np.bool_] = flags[corpus.tags.ids]
    return kept


def _only(corpus: Corpus, kept: NDArray[np.bool_]) -> Corpus:
    """Corpus of these tokens (tokens,), without the sentences that have none of them."""
    sentences, tags = _tokens(corpus.sentences, kept), _tokens(corpus.tags, kept)
    before = np.concatenate([[0], np.cumsum(kept)])[corpus.sentences.offsets]
    filled = np.concatenate([[0], np.cumsum(np.diff(before) > 0)])
    documents = np.unique(filled[corpus.documents])
    origins = corpus.origins and corpus.origins.take(np.diff(before) > 0)
    documents = documents[documents < len(sentences)]
    return replace(corpus, sentences=sentences, tags=tags, documents=documents, origins=origins)


def _tokens(sequences: Sequences, kept: NDArray[np.bool_]) -> Sequences:
    offsets = np.unique(np.concatenate([[0], np.cumsum(kept)])[sequences.offsets])
    layers = {name: _tokens(layer, kept) for name, layer in sequences.layers.items()}
    return Sequences(sequences.ids[kept], offsets, sequences.vocabulary, MappingProxyType(layers))
