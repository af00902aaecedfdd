"""Groups of sentences that stay together when data are split: those with the same words, or those of one document."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Offsets, Sequences
from seqbench.data.dataset import Dataset
from seqbench.errors import DataError


def same_words(sentences: Sequences) -> NDArray[np.int64]:
    """The group of each sentence (sentences,), from 0: sentences with the same words share one."""
    index: dict[bytes, int] = {}
    ids, offsets = sentences.ids, sentences.offsets.tolist()
    groups = [index.setdefault(ids[a:b].tobytes(), len(index)) for a, b in pairwise(offsets)]
    return np.array(groups, np.int64)


def document_numbers(dataset: Dataset) -> NDArray[np.int64]:
    """The document of each sentence of train, dev and test in a row, from 0; a split begins a document.

    Raises `DataError` if a split has no marks of documents.
    """
    numbers, before = [], 0
    for name, split in (("train", dataset.train), ("dev", dataset.dev), ("test", dataset.test)):
        if split is not None:
            if not len(split.documents):
                raise DataError(
                    f"{dataset.name} cannot be split by document: {name} marks none (CoNLL-U: '# newdoc', columns: "
                    "-DOCSTART-); leave out the group"
                )
            opens = np.zeros(len(split), np.int64)
            opens[split.documents] = 1
            opens[0] = 1
            numbers.append(before + np.cumsum(opens) - 1)
            before += int(opens.sum())
    return np.concatenate(numbers)


def starts_of(documents: NDArray[np.int64]) -> Offsets:
    """The sentences that open a document, from the number of each one's document (sentences,)."""
    return np.flatnonzero(np.diff(documents, prepend=-1))
