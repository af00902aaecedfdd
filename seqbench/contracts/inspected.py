"""Taggers that can be looked into: their hidden states, what a decision leans on, what they were before training."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.capability import Capability
from seqbench.contracts.tagger import Tagger
from seqbench.data.corpus import Sequences

OnStep = Callable[[int, float], object]
"""Hears the epoch and the loss of each step of a training."""


@runtime_checkable
class States(Protocol, metaclass=Capability):
    """Tagger with a hidden state for each token, from which its tags are chosen."""

    def states(self, sentences: Sequences) -> NDArray[np.float32]:
        """Hidden states (tokens, width), the tokens of all sentences in a row."""
        ...


@runtime_checkable
class Salient(Protocol, metaclass=Capability):
    """Tagger that knows on which words of a sentence each of its decisions leans."""

    def saliency(self, sentence: Sequences) -> NDArray[np.float32]:
        """Weights (tokens, tokens) of one sentence: how the tag of a row leans on the word of a column; rows sum to 1.

        A weight is the length of the gradient of the tag's score by the numbers that stand for the word, as a share.
        """
        ...


@runtime_checkable
class Reducible(Protocol, metaclass=Capability):
    """Fitted tagger whose weights can be rounded to types with fewer bits; `reduced_to` names them, its own first."""

    @property
    def reduced_to(self) -> Sequence[str]:
        """The types, such as float32, bfloat16, int8."""
        ...

    def reduced(self, weights: str) -> Tagger:
        """A copy with its weights in one of these types; the tagger itself is not changed."""
        ...


@runtime_checkable
class Exportable(Protocol, metaclass=Capability):
    """Fitted tagger that can be written as an ONNX file, and tag from it."""

    def exported(self) -> Tagger:
        """A copy that tags from the file. Raises `UsageError` if the tagger cannot be exported."""
        ...

    def as_onnx(self, about: Mapping[str, str]) -> bytes:
        """The content of the file, with all that a reader needs and with `about` as metadata. Raises `UsageError`."""
        ...


@runtime_checkable
class Untrained(Protocol, metaclass=Capability):
    """Tagger that can show what it was before it was trained."""

    def untrained(self) -> Tagger:
        """A tagger with the weights that `fit` began with, which can predict."""
        ...


@runtime_checkable
class StepLosses(Protocol, metaclass=Capability):
    """Tagger that tells the loss of each step while it is fitted, to whom `on_step` is set to."""

    on_step: OnStep | None


@runtime_checkable
class Demonstrates(Protocol, metaclass=Capability):
    """Tagger that can show how its parts work, before it has seen any data."""

    def demonstration(self, seed: int) -> Sequence[str]:
        """Lines of text for a reader."""
        ...
