"""The features of a token, by name, as an estimator reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from seqbench.data.corpus import Sequences

Features: TypeAlias = Mapping[str, str | float | bool]
Describe: TypeAlias = Callable[[Sequence[str], int], Features]
"""From the words of a sentence and a position in it to the features of the token there."""


def describe(words: Sequence[str], position: int) -> Features:
    """A word by itself and its neighbours: lower case, endings, what it is written with."""
    word = words[position]
    return {
        "word": word.lower(),
        "-3": word[-3:],
        "-2": word[-2:],
        "capital": word[:1].isupper(),
        "digit": any(letter.isdigit() for letter in word),
        "hyphen": "-" in word,
        "before": words[position - 1].lower() if position else "<start>",
        "after": words[position + 1].lower() if position + 1 < len(words) else "<end>",
    }


def described(sentences: Sequences, describe_token: Describe) -> list[list[Features]]:
    """The features of each token of each sentence, with its value in every input layer beside the words."""
    features: list[list[Features]] = []
    for number, words in enumerate(sentences):
        layers = {f"layer {name}": layer[number] for name, layer in sentences.layers.items()}
        features.append(
            [
                {**describe_token(words, i), **{name: values[i] for name, values in layers.items()}}
                for i in range(len(words))
            ]
        )
    return features
