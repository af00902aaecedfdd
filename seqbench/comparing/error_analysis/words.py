"""Words of a test set and of the train sets behind it: one of each, or the folds of a dataset in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Flags
from seqbench.data.corpus import Sequences
from seqbench.data.dataset import Dataset
from seqbench.data.homoglyphs import homoglyphs
from seqbench.data.origins import Origin, Origins, joined_origins
from seqbench.data.repeated_sentences import overlaps, repeated
from seqbench.registry.discovery import Registry
from seqbench.results.predictions import Predictions, TagSpace
from seqbench.results.source_corpus import reread
from seqbench.results.store import Store


@dataclass(frozen=True, eq=False)
class Words:
    """The datasets whose test sets stand in a row; sentences count through all of them, from 0."""

    datasets: Sequence[Dataset]

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        """The words of one dataset."""
        return cls([dataset])

    @classmethod
    def read(cls, predictions: Predictions, stores: Sequence[Store], registry: Registry) -> Self:
        """The words of predictions, read again. Raises `DataError` if they are gone, or not the same any more."""
        records = [TagSpace.of(stores, part.dataset.fingerprint).record for part in predictions.parts]
        return cls([reread(record, registry) for record in records])

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """The first sentence of each dataset."""
        return np.cumsum([0, *(len(dataset.test) for dataset in self.datasets[:-1])])

    def _at(self, sentence: int) -> tuple[Dataset, int]:
        number = int(np.searchsorted(self._starts, sentence, side="right")) - 1
        return self.datasets[number], sentence - int(self._starts[number])

    def sentence(self, number: int) -> list[str]:
        """The words of a sentence."""
        dataset, own = self._at(number)
        return list(dataset.test.sentences[own])

    def origin(self, number: int) -> Origin | None:
        """Where a sentence was read, None where that is not known."""
        dataset, own = self._at(number)
        return dataset.test.origins[own] if dataset.test.origins else None

    def origins(self) -> Origins | None:
        """Where all sentences were read, None unless that is known of all."""
        return joined_origins([dataset.test.origins for dataset in self.datasets])

    @property
    def learned(self) -> bool:
        """Whether every dataset has words to learn from."""
        return all(dataset.train.tokens for dataset in self.datasets)

    def times_in_train(self) -> NDArray[np.int64]:
        """How often the train set has the word of each token: (tokens,)."""
        return np.concatenate([_times(dataset) for dataset in self.datasets])

    def overlaps(self) -> dict[str, Flags]:
        """Flags (sentences,) of each kind of repeat of train that is there."""
        each = [overlaps(dataset.test.sentences, dataset.train.sentences) for dataset in self.datasets]
        kinds = dict.fromkeys(kind for of_dataset in each for kind in of_dataset)
        none = [np.zeros(len(dataset.test), bool) for dataset in self.datasets]
        return {k: np.concatenate([e.get(k, n) for e, n in zip(each, none, strict=True)]) for k in kinds}

    def in_dev(self) -> Flags:
        """Flags (sentences,) of those that stand in dev with the same words."""
        return np.concatenate([_in_dev(dataset) for dataset in self.datasets])

    def in_known_documents(self) -> Flags:
        """Flags (sentences,) of those in documents that train or dev has too, by their names."""
        return np.concatenate([_in_known_documents(dataset) for dataset in self.datasets])

    def lookalikes(self) -> Flags:
        """Flags (sentences,) of those with a word that mixes letters of scripts that look alike."""
        flags = np.concatenate([homoglyphs(dataset.test.sentences) for dataset in self.datasets])
        of_token = np.repeat(np.arange(len(self.lengths())), self.lengths())
        return np.bincount(of_token[flags], minlength=len(self.lengths())) > 0

    def lengths(self) -> NDArray[np.int64]:
        """The number of tokens of each sentence."""
        return np.concatenate([dataset.test.sentences.lengths for dataset in self.datasets])

    def forms(self) -> tuple[list[str], NDArray[np.int64]]:
        """The distinct forms of the test sets, and the place of each token's form among them."""
        index: dict[str, int] = {}
        each = [_forms(dataset.test.sentences, index) for dataset in self.datasets]
        return list(index), np.concatenate(each)


def _in_dev(dataset: Dataset) -> Flags:
    nothing = np.zeros(len(dataset.test), bool)
    return nothing if dataset.dev is None else repeated(dataset.test.sentences, dataset.dev.sentences)


def _in_known_documents(dataset: Dataset) -> Flags:
    test, others = dataset.test, [corpus for corpus in (dataset.train, dataset.dev) if corpus is not None]
    known = {name for corpus in others for name in corpus.document_ids} - {""}
    flags = np.array([False, *(name in known for name in test.document_ids)])
    of_sentence = np.searchsorted(test.documents, np.arange(len(test)), side="right")
    return flags[of_sentence] if test.document_ids else np.zeros(len(test), bool)


def _times(dataset: Dataset) -> NDArray[np.int64]:
    words = dataset.test.sentences
    return np.bincount(dataset.train.sentences.ids, minlength=len(words.vocabulary))[words.ids]


def _forms(sentences: Sequences, index: dict[str, int]) -> NDArray[np.int64]:
    """The place in the index, which grows, of each token's form."""
    used, places = np.unique(sentences.ids, return_inverse=True)
    numbers = [index.setdefault(str(sentences.vocabulary[form]), len(index)) for form in used.tolist()]
    return np.array(numbers, np.int64)[places]
