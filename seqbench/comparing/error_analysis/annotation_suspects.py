"""Tokens on which all models agree against the gold tag, as suspects for mistakes of annotation, ranked.

The rank is how much likelier the tag that all gave is for this word than the gold tag, as counted in train: a word that
is often the one and never the other comes first. Words that train never shows are ranked by how rare their gold tag is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.error_analysis.words import Words
from seqbench.data.corpus import Corpus, Ids
from seqbench.data.dataset import Dataset
from seqbench.results.predictions import Predictions

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Suspects:
    """Tokens (suspects,), the most suspicious first, and how suspicious: the logarithm of how much likelier."""

    places: Places
    suspicion: NDArray[np.float64]


def suspects(predictions: Predictions, words: Words) -> Suspects:
    """Tokens on which all trials of all models agree on a tag that is not the gold tag, of all folds in one order."""
    each = [_of_part(part, dataset) for part, dataset in zip(predictions.parts, words.datasets, strict=True)]
    starts = np.cumsum([0, *(len(part.reference.gold) for part in predictions.parts)]).tolist()
    places = np.concatenate([part.places + start for part, start in zip(each, starts, strict=False)])
    suspicion = np.concatenate([part.suspicion for part in each])
    order = np.argsort(-suspicion, kind="stable")
    return Suspects(places=places[order], suspicion=suspicion[order])


def _of_part(predictions: Predictions, dataset: Dataset) -> Suspects:
    """Suspects of one test set in the order of its tokens."""
    every = np.concatenate([model.ids for model in predictions.models])  # (models and seeds, tokens)
    agreed = (every == every[0]).all(0) & (every[0] != predictions.reference.gold)
    places = np.flatnonzero(agreed)
    words = dataset.test.sentences.ids[places]
    tags = len(predictions.tags)
    predicted, gold = every[0][places], predictions.reference.gold[places]
    suspicion = _log_share(dataset.train, tags, words, predicted) - _log_share(dataset.train, tags, words, gold)
    return Suspects(places=places, suspicion=suspicion)


def _log_share(train: Corpus, tags: int, words: Ids, of_words: Ids) -> NDArray[np.float64]:
    """Logarithm of the share of a tag among the tokens of its word in train, with one more token of any tag."""
    share = (np.bincount(train.tags.ids, minlength=tags) + 1) / (train.tokens + tags)
    pairs, counts = np.unique(train.sentences.ids * np.int64(tags) + train.tags.ids, return_counts=True)
    codes = words * np.int64(tags) + of_words
    at = np.searchsorted(pairs, codes)
    both = np.where(np.append(pairs, -1)[at] == codes, np.append(counts, 0)[at], 0)
    largest = int(words.max(initial=0)) + 1
    seen = np.bincount(train.sentences.ids, minlength=largest)[words]
    logarithm: NDArray[np.float64] = np.log((both + share[of_words]) / (seen + 1))
    return logarithm
