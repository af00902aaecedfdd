"""Sentences of new text over the vocabulary of a training set, a block at a time, each at the cost of its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from types import MappingProxyType

import numpy as np

from seqbench.data.corpus import Sequences, Strings, offsets_of, strings
from seqbench.data.vocabularies import Vocabularies
from seqbench.errors import DataError


@dataclass(frozen=True, eq=False)
class Encoder:
    """The numbers of the words, and of the values of each input layer, that a training set has."""

    vocabularies: Vocabularies
    words: _Index = field(init=False)
    layers: Mapping[str, _Index] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", _Index.of(self.vocabularies.words))
        layers = {name: _Index.of(values) for name, values in self.vocabularies.layers.items()}
        object.__setattr__(self, "layers", layers)

    def encode(
        self, sentences: Iterable[Sequence[str]], layers: Mapping[str, Iterable[Sequence[str]]] = MappingProxyType({})
    ) -> Sequences:
        """Sentences as `predict` gets them in a run: words of train come first, their own further words after these.

        Raises `DataError` if a sentence is no list of words, or an input layer of train is missing.
        """
        if isinstance(sentences, Sequences):
            return self.encode(list(sentences), sentences.layers)
        missing = sorted(self.layers.keys() - layers.keys())
        if missing:
            raise DataError(f"the text lacks the column {missing[0]!r}, which the model reads beside the words")
        beside = {name: index.encode(layers[name]) for name, index in self.layers.items()}
        words = self._words(sentences)
        return Sequences(words.ids, words.offsets, words.vocabulary, MappingProxyType(beside))

    def _words(self, sentences: Iterable[Sequence[str]]) -> Sequences:
        """Words as numbers; of those alone that train does not have it must be asked whether they are text."""
        if isinstance(sentences, str):
            raise DataError(f"sentences must be lists of words, was: {sentences!r}; write [{sentences.split()!r}]")
        lists = list(sentences)
        try:
            words = self.words.encode(lists)
        except TypeError:  # a sentence that is no list, or a word that cannot be looked up
            _refuse_other_than_words(lists)
            raise
        if _any_text(lists) or not _all_text(words.vocabulary[len(self.words.forms) :]):
            _refuse_other_than_words(lists)
        return words


@dataclass(frozen=True, eq=False)
class _Index:
    """The number of each form of a vocabulary."""

    forms: Strings
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, forms: Strings) -> _Index:
        return cls(forms, {form: number for number, form in enumerate(forms)})

    def encode(self, sentences: Iterable[Sequence[str]]) -> Sequences:
        lists = list(sentences)
        known, tokens = len(self.forms), list(chain.from_iterable(lists))
        ids = np.fromiter(map(self.numbers.get, tokens, repeat(-1)), np.int32, len(tokens))
        new: dict[str, int] = {}
        for number in np.flatnonzero(ids < 0).tolist():
            ids[number] = new.setdefault(tokens[number], known + len(new))
        vocabulary = np.concatenate([self.forms, strings(new)]) if new else self.forms
        return Sequences(ids, offsets_of([len(x) for x in lists]), vocabulary)


def _refuse_other_than_words(lists: Sequence[object]) -> None:
    """Raises `DataError` with the number of the first sentence that is no list of words, if there is one."""
    for number, words in enumerate(lists, start=1):
        if isinstance(words, str) or not isinstance(words, Iterable) or not _all_text(words):
            raise DataError(f"sentence {number} must be a list of words, was: {words!r}")


def _any_text(things: Iterable[object]) -> bool:
    """Whether one of these is text; types are looked at all at once, which is quick."""
    return any(issubclass(kind, str) for kind in set(map(type, things)))


def _all_text(words: Iterable[object]) -> bool:
    """Whether all words are text."""
    return all(issubclass(kind, str) for kind in set(map(type, words)))
