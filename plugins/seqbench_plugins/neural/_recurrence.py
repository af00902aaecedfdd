"""The network of taggers with a recurrence of their own: word features, layers that add to them, a map to tags."""

from __future__ import annotations

import abc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ParamSpec, TypeVar, cast

import torch
from torch import Tensor, nn

from seqbench import Range, UsageError
from seqbench.neural import Batch, Dropout, NeuralTagger, Shape, WordFeatures, reverse_within

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
State = Any
"""What a recurrence carries from token to token: tensors, as its own forward gives and takes them."""


def of_any_length(loop: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """A loop over tokens; while a network becomes an ONNX file, a loop of it for as many tokens as a batch then has."""
    if not torch.onnx.is_in_onnx_export():
        return loop
    scripted: Callable[Given, Answer] = torch.jit.script(loop)
    return scripted


class Recurrence(nn.Module, abc.ABC):
    """A layer that reads from left to right; `width` is the size of a token's input, and of its output."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width

    @abc.abstractmethod
    def forward(self, inputs: Tensor, before: State = None) -> tuple[Tensor, State]:
        """(batch, time, width), the state before (None before a sentence) -> outputs of that shape, state behind."""


@dataclass(kw_only=True)
class RecurrenceTagger(NeuralTagger, abc.ABC):
    """A bidirectional tagger over words, affixes and characters; the class says which recurrence."""

    embedding_dim: Annotated[int, "numbers of a word's embedding", Range(32, 200, log=True)] = 100
    hidden_dim: Annotated[int, "numbers of a token's state", Range(32, 256, log=True)] = 128
    layers: Annotated[int, "layers, each of which adds to what it reads"] = 1
    bidirectional: Annotated[bool, "also read each sentence from its end"] = True
    dropout: Annotated[float, "share of inputs and outputs that are left out in training", Range(0.0, 0.6)] = 0.4
    subwords: Annotated[bool, "False: lower-cased words only, no characters, affixes or cased form"] = True

    def __post_init__(self) -> None:
        """See `NeuralTagger`."""
        super().__post_init__()
        self.require_above_zero("embedding_dim", "hidden_dim", "layers")
        self.require_share("dropout")

    @abc.abstractmethod
    def recurrence(self) -> Recurrence:
        """A new layer of `hidden_dim` numbers a token: what makes the difference."""

    @property
    def sight(self) -> tuple[None, int | None]:
        """See `seqbench.Sighted`."""
        return None, None if self.bidirectional or self.crf else 0

    def build(self, shape: Shape) -> nn.Module:
        """A `RecurrenceNetwork` with this tagger's recurrence."""
        features = WordFeatures(shape, embedding_dim=self.embedding_dim, subwords=self.subwords)
        directions = 2 if self.bidirectional else 1
        layers = [Layer([self.recurrence() for _ in range(directions)]) for _ in range(self.layers)]
        return RecurrenceNetwork(features, layers, shape.tags, self.dropout)


class RecurrenceNetwork(nn.Module):
    """Features, layers that add to what they read, and an affine map."""

    def __init__(self, features: WordFeatures, layers: list[Layer], tags: int, dropout: float) -> None:
        super().__init__()
        width = layers[0].width
        self.features, self.layers, self.dropout = features, nn.ModuleList(layers), Dropout(dropout)
        self.entry, self.norm, self.output = (
            nn.Linear(features.width, width),
            nn.LayerNorm(width),
            nn.Linear(width, tags),
        )

    def forward(self, batch: Batch) -> Tensor:
        """Batch -> (batch, time, tags)."""
        states = self.entry(self.dropout(self.features(batch)))  # (batch, time, width)
        order = reverse_within(batch.lengths, states.shape[1])
        for layer in self.layers:
            states = layer(states, order)
        scores: Tensor = self.output(self.dropout(self.norm(states)))
        return scores

    def start(self) -> tuple[State, ...]:
        """The state before a sentence: none. Raises `UsageError` if a layer reads from the end."""
        if any(len(cast("Layer", layer).recurrences) > 1 for layer in self.layers):
            raise UsageError(
                "with bidirectional=True sentences are read from both ends: they cannot be tagged token by token"
            )
        return (None,) * len(self.layers)

    def step(self, batch: Batch, state: tuple[State, ...]) -> tuple[Tensor, tuple[State, ...]]:
        """Batch of one token a sentence -> (batch, 1, tags), the state behind that token."""
        states, after = self.entry(self.features(batch)), []
        for layer, before in zip(self.layers, state, strict=True):
            states, behind = cast("Layer", layer).step(states, before)
            after.append(behind)
        return self.output(self.norm(states)), tuple(after)


class Layer(nn.Module):
    """A recurrence from the start of sentences and perhaps one from their end, added to what they read."""

    def __init__(self, recurrences: list[Recurrence]) -> None:
        super().__init__()
        self.width = recurrences[0].width
        self.norm, self.recurrences = nn.LayerNorm(self.width), nn.ModuleList(recurrences)
        self.mix = nn.Linear(len(recurrences) * self.width, self.width)

    def forward(self, states: Tensor, order: Tensor) -> Tensor:
        """(batch, time, width) -> the same shape; `order` (batch, time) reverses each sentence."""
        inputs = self.norm(states)
        answers = [self.recurrences[0](inputs)[0]]
        if len(self.recurrences) > 1:
            index = order.unsqueeze(2).expand_as(inputs)
            answers.append(self.recurrences[1](inputs.gather(1, index))[0].gather(1, index))
        return self._added(states, torch.cat(answers, 2))

    def step(self, states: Tensor, before: State) -> tuple[Tensor, State]:
        """(batch, 1, width) and the state before -> the same shape, the state behind."""
        answers, behind = self.recurrences[0](self.norm(states), before)
        return self._added(states, answers), behind

    def _added(self, states: Tensor, answers: Tensor) -> Tensor:
        return states + nn.functional.gelu(self.mix(answers))
