"""Sentences of new text over the vocabulary of a training set, a block at a time, each at the cost of its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
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
        words = self.words.encode(_checked(sentences))
        return Sequences(words.ids, words.offsets, words.vocabulary, MappingProxyType(beside))


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
        numbers = {form: self.numbers.get(form, -1) for form in dict.fromkeys(tokens)}
        new = [form for form, number in numbers.items() if number < 0]
        numbers.update(zip(new, range(known, known + len(new)), strict=True))
        ids = np.fromiter(map(numbers.__getitem__, tokens), np.int32, len(tokens))
        vocabulary = np.concatenate([self.forms, strings(new)]) if new else self.forms
        return Sequences(ids, offsets_of([len(x) for x in lists]), vocabulary)


def _checked(sentences: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """The sentences. Raises `DataError` if one is no list of words; types are looked at all at once, which is quick."""
    if isinstance(sentences, str):
        raise DataError(f"sentences must be lists of words, was: {sentences!r}; write [{sentences.split()!r}]")
    lists = list(sentences)
    if any(issubclass(kind, str) for kind in set(map(type, lists))) or not _all_text(chain.from_iterable(lists)):
        number = next(n for n, words in enumerate(lists) if isinstance(words, str) or not _all_text(words))
        raise DataError(f"sentence {number + 1} must be a list of words, was: {lists[number]!r}")
    return lists


def _all_text(words: Iterable[object]) -> bool:
    """Whether all words are text."""
    return all(issubclass(kind, str) for kind in set(map(type, words)))
