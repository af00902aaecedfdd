"""Plain lists of words, where a tagger reads `Sequences`: encoded on the way in, answered with lists of tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.fitted import learned
from seqbench.data.corpus import Sequences

Sentences = Iterable[Sequence[str]]
Probabilities = NDArray[np.float32]


class Predict(Protocol):
    """`predict` of a tagger, for `Sequences` and for plain lists of words."""

    @overload
    def __call__(self, sentences: Sequences) -> Sequences: ...
    @overload
    def __call__(self, sentences: Sentences) -> Sequence[list[str]]: ...


class PredictProba(Protocol):
    """`predict_proba` of a tagger, for `Sequences` and for plain lists of words."""

    def __call__(self, sentences: Sentences) -> Probabilities:
        """(tokens, tags), the tokens of all sentences in a row."""
        ...


@overload
def accepts_lists(method: Callable[[Any, Sequences], Sequences]) -> Predict: ...
@overload
def accepts_lists(method: Callable[[Any, Sequences], Probabilities]) -> PredictProba: ...
def accepts_lists(method: Callable[[Any, Sequences], Any]) -> Any:
    """Let `predict` or `predict_proba`, written for `Sequences` over train's words, take plain lists of words too.

    Plain lists are answered with lists of str, `Sequences` with what the method gives; probabilities are an array for
    both. The tagger keeps `seqbench.Vocabularies` of train as `self._fitted.vocabularies`.
    """

    @wraps(method)
    def accepting(self: Any, sentences: Sequences | Sentences) -> Any:
        answer = method(self, learned(self).vocabularies.encode(sentences))
        plain = isinstance(answer, Sequences) and not isinstance(sentences, Sequences)
        return list(answer) if plain else answer

    return accepting
