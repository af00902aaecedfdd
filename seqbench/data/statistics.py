"""Statistics of a dataset: how long, how varied and how hard it is, before anything is learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus
from seqbench.data.dataset import Dataset
from seqbench.data.repeated_sentences import repeated

Counts = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class SplitStatistics:
    """Statistics of a split. Shares are fractions of 1, `entropy` of tags is in bits a token.

    `unknown` is the share of tokens whose form train lacks, `ambiguous` of those with two or more tags in train;
    `repeated` are sentences that stand in train (of train: that stood before); `baseline` is the accuracy of each
    word's most frequent tag in train, and of the most frequent tag of all for unknown words.
    """

    sentences: int
    tokens: int
    forms: int
    tags: int
    documents: int
    mean_length: float
    longest: int
    repeated: int
    entropy: float
    unknown: float
    ambiguous: float
    baseline: float | None


def statistics_of(dataset: Dataset) -> dict[str, SplitStatistics]:
    """Statistics of each split; without a training set nothing is known, and there is no baseline."""
    counts = _tags_of_words(dataset.train)
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    present = {split: corpus for split, corpus in splits.items() if corpus is not None and corpus.tokens}
    return {split: _statistics(corpus, dataset.train, counts) for split, corpus in present.items()}


def tag_shares(corpus: Corpus) -> Mapping[str, float]:
    """Share of each tag among the tokens, the most frequent one first."""
    counts = np.bincount(corpus.tags.ids, minlength=len(corpus.tags.vocabulary))
    order = np.argsort(-counts, kind="stable")
    return {str(corpus.tags.vocabulary[tag]): counts[tag] / corpus.tokens for tag in order.tolist() if counts[tag]}


@dataclass(frozen=True, eq=False)
class _TagsOfWords:
    """For each form of train: how many different tags it has, and the most frequent one; and that of all words."""

    different: Counts
    frequent: Counts
    overall: int


def _tags_of_words(train: Corpus) -> _TagsOfWords:
    words, tags = len(train.sentences.vocabulary), len(train.tags.vocabulary)
    every = train.sentences.ids.astype(np.int64) * max(1, tags) + train.tags.ids
    pairs, first, counts = np.unique(every, return_index=True, return_counts=True)
    word, tag = np.divmod(pairs, max(1, tags))
    order = np.lexsort((-first, counts))  # the last one written stays: the most frequent tag, of equals the first seen
    frequent = np.zeros(words, np.int64)
    frequent[word[order]] = tag[order]
    overall = int(np.bincount(train.tags.ids, minlength=1).argmax()) if train.tokens else 0
    return _TagsOfWords(np.bincount(word, minlength=words), frequent, overall)


def _statistics(corpus: Corpus, train: Corpus, known: _TagsOfWords) -> SplitStatistics:
    ids, lengths = corpus.sentences.ids, corpus.sentences.lengths
    seen = ids < len(known.different)
    different = (
        np.where(seen, known.different[np.where(seen, ids, 0)], 0) if len(known.different) else np.zeros(len(ids))
    )
    return SplitStatistics(
        sentences=len(corpus),
        tokens=corpus.tokens,
        forms=len(np.unique(ids)),
        tags=len(np.unique(corpus.tags.ids)),
        documents=len(corpus.documents),
        mean_length=float(lengths.mean()),
        longest=int(lengths.max()),
        repeated=_repeated(corpus, train),
        entropy=_entropy(np.bincount(corpus.tags.ids)),
        unknown=float(1 - seen.mean()),
        ambiguous=float((different > 1).mean()),
        baseline=_baseline(corpus, known, seen) if train.tokens else None,
    )


def _baseline(corpus: Corpus, known: _TagsOfWords, seen: NDArray[np.bool_]) -> float:
    ids = np.where(seen, corpus.sentences.ids, 0)
    predicted = np.where(seen, known.frequent[ids], known.overall)
    return float((predicted == corpus.tags.ids).mean())


def _repeated(corpus: Corpus, train: Corpus) -> int:
    if corpus is not train:
        return int(np.count_nonzero(repeated(corpus.sentences, train.sentences)))
    bounds = pairwise(corpus.sentences.offsets.tolist())
    return len(corpus) - len({corpus.sentences.ids[start:end].tobytes() for start, end in bounds})


def _entropy(counts: Counts) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log2(shares)).sum()) + 0.0
