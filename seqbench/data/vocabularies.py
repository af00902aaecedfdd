"""The words, tags and input layers that a training set teaches, and later sentences over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from seqbench.data.corpus import Corpus, Sequences, Strings
from seqbench.errors import DataError


@dataclass(frozen=True, eq=False, kw_only=True)
class Vocabularies:
    """The vocabularies of a training set: `words` (words,), `tags` (tags,), and of each input layer its values."""

    words: Strings
    tags: Strings
    layers: Mapping[str, Strings] = field(default_factory=dict)

    @classmethod
    def of(cls, train: Corpus) -> Vocabularies:
        """The vocabularies of a corpus to learn from."""
        layers = {name: layer.vocabulary for name, layer in train.sentences.layers.items()}
        return cls(words=train.sentences.vocabulary, tags=train.tags.vocabulary, layers=layers)

    def encode(self, sentences: Sequences | Iterable[Sequence[str]]) -> Sequences:
        """Sentences over the words of train, their own further words appended.

        `Sequences` that are encoded so already stay as they are. Raises `DataError` if a sentence is no list of words.
        """
        if isinstance(sentences, Sequences):
            return sentences if self._begin(sentences) else _with_layers_of(sentences, self.layers).extend(self._none())
        return Sequences.encode(_checked(sentences)).extend(self._none())

    def refuse_missing_layers(self, sentences: Sequences) -> None:
        """Raises `DataError` if sentences lack an input layer that train has."""
        missing = sorted(set(self.layers) - set(sentences.layers))
        if missing:
            raise DataError(
                f"the sentences lack the input layer {missing[0]!r}, which the training set has; "
                "hand them over as seqbench.Sequences with layers"
            )

    def _begin(self, sentences: Sequences) -> bool:
        """Whether a vocabulary is as long as that of train, and has its last word at the same place."""
        last = len(self.words) - 1
        return last < len(sentences.vocabulary) and (last < 0 or sentences.vocabulary[last] == self.words[last])

    def _none(self) -> Sequences:
        """No sentence, over these vocabularies."""
        layers = {name: _none_over(values) for name, values in self.layers.items()}
        return Sequences(*_NOTHING, self.words, layers)


_NOTHING = np.zeros(0, np.int32), np.zeros(1, np.int64)


def _none_over(values: Strings) -> Sequences:
    return Sequences(*_NOTHING, values)


def _with_layers_of(sentences: Sequences, names: Iterable[str]) -> Sequences:
    layers = {name: layer for name, layer in sentences.layers.items() if name in names}
    return Sequences(sentences.ids, sentences.offsets, sentences.vocabulary, layers)


def _checked(sentences: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    if isinstance(sentences, str):
        raise DataError(f"sentences must be lists of words, was: {sentences!r}; write [{sentences.split()!r}]")
    for number, sentence in enumerate(sentences, start=1):
        if isinstance(sentence, str):
            raise DataError(f"sentence {number} must be a list of words, was: {sentence!r}; split it into words")
        for word in sentence:
            if not isinstance(word, str):
                raise DataError(f"sentence {number} must be a list of words, but holds {word!r}")
        yield sentence
