"""The network that `rnn`, `gru` and `lstm` share: word features, recurrent layers, an affine map."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

import torch
from torch import Tensor, nn

from seqbench import Range, UsageError
from seqbench.neural import Batch, Dropout, NeuralTagger, Shape, WordFeatures, reverse_within
from seqbench_plugins.neural._characters import CharacterLSTM
from seqbench_plugins.neural._packed_sequences import Packing, hidden_states

Memory = tuple[Any, ...]
"""The memory of each layer: as its cell has it, None before a sentence."""

_SENTENCES_A_STEP = 8  # on average

Cell = type[nn.RNN] | type[nn.GRU] | type[nn.LSTM]


@dataclass(kw_only=True)
class RecurrentTagger(NeuralTagger, abc.ABC):
    """A bidirectional recurrent tagger over words, affixes and characters; the class says which cell."""

    predicted_tokens = 16_000

    embedding_dim: Annotated[int, "numbers of a word's embedding", Range(32, 200, log=True)] = 100
    hidden_dim: Annotated[int, "numbers of a hidden state, per direction", Range(32, 256, log=True)] = 128
    layers: Annotated[int, "recurrent layers"] = 1
    bidirectional: Annotated[bool, "also read each sentence from its end"] = True
    dropout: Annotated[float, "share of inputs and hidden states that are left out in training", Range(0.0, 0.6)] = 0.4
    characters: Annotated[
        Literal["cnn", "lstm", "none"], "how characters are read: by a convolution, letter by letter, or not"
    ] = "cnn"
    subwords: Annotated[bool, "False: lower-cased words only, no characters, affixes or cased form"] = True

    def __post_init__(self) -> None:
        """See `NeuralTagger`."""
        super().__post_init__()
        self.require_above_zero("embedding_dim", "hidden_dim", "layers")
        self.require_share("dropout")

    @property
    @abc.abstractmethod
    def cell(self) -> Cell:
        """The recurrent layer that makes the difference."""

    @property
    def sight(self) -> tuple[None, int | None]:
        """See `seqbench.Sighted`."""
        return None, None if self.bidirectional or self.crf else 0

    def build(self, shape: Shape) -> nn.Module:
        """A `RecurrentNetwork` with this tagger's cell."""
        characters = CharacterLSTM(shape.characters) if self.characters == "lstm" else self.characters
        features = WordFeatures(shape, embedding_dim=self.embedding_dim, subwords=self.subwords, characters=characters)
        directions = 2 if self.bidirectional else 1
        widths = [features.width, *[directions * self.hidden_dim] * (self.layers - 1)]
        layers = [Direction(self.cell, width, self.hidden_dim, self.bidirectional) for width in widths]
        return RecurrentNetwork(features, layers, nn.Linear(directions * self.hidden_dim, shape.tags), self.dropout)


class RecurrentNetwork(nn.Module):
    """Features, recurrent layers and an affine map; dropout before each."""

    def __init__(self, features: WordFeatures, layers: list[Direction], output: nn.Linear, dropout: float) -> None:
        super().__init__()
        self.features, self.layers, self.output = features, nn.ModuleList(layers), output
        self.dropout = Dropout(dropout)

    def forward(self, batch: Batch) -> Tensor:
        """Batch -> (batch, time, tags)."""
        if self._packs(batch):
            return self._packed(batch)
        states = self.features(batch)  # (batch, time, width)
        order = reverse_within(batch.lengths, states.shape[1])
        for layer in self.layers:
            states = layer(self.dropout(states), order)
        scores: Tensor = self.output(self.dropout(states))
        return scores

    def _packs(self, batch: Batch) -> bool:
        """Whether packing pays: without gradients, on a CPU, where many sentences take each step."""
        free = batch.words.device.type == "cpu" and not self.training and not torch.is_grad_enabled()
        return free and int(batch.lengths.sum()) >= _SENTENCES_A_STEP * batch.words.shape[1]

    def _packed(self, batch: Batch) -> Tensor:
        """The scores in less time: what depends on a form alone is computed once for each form."""
        packing = Packing.of(batch.lengths, batch.words.shape[1])
        if self.features.layers:
            rows, index = self.features(batch).flatten(0, 1), packing.places
        else:
            rows, index = self.features.of_forms(batch.forms), batch.forms.index.flatten()[packing.places]
        for layer in self.layers:
            rows, index = cast("Direction", layer).packed(rows, index, packing), torch.arange(len(index))
        scores: Tensor = self.output(rows)
        padded = scores.new_zeros(batch.words.numel(), scores.shape[1])
        padded[packing.places] = scores
        return padded.view(*batch.words.shape, -1)

    def start(self) -> Memory:
        """The memory before a sentence: none. Raises `UsageError` if a layer reads from the end."""
        if any(layer.backwards is not None for layer in self.layers):
            raise UsageError(
                "with bidirectional=True sentences are read from both ends: they cannot be tagged token by token"
            )
        return (None,) * len(self.layers)

    def step(self, batch: Batch, state: Memory) -> tuple[Tensor, Memory]:
        """Batch of one token a sentence -> (batch, 1, tags), the memory behind that token."""
        states, after = self.features(batch), []
        for layer, before in zip(self.layers, state, strict=True):
            states, behind = cast("Direction", layer).forwards(states, before)
            after.append(behind)
        return self.output(states), tuple(after)


class Direction(nn.Module):
    """A recurrent layer over sentences from their start and, where wanted, another over them from their end."""

    def __init__(self, cell: Cell, width: int, hidden: int, both: bool) -> None:  # noqa: FBT001 -- as the field
        super().__init__()
        self.forwards = cell(width, hidden, batch_first=True)
        self.backwards = cell(width, hidden, batch_first=True) if both else None

    def forward(self, inputs: Tensor, order: Tensor) -> Tensor:
        """(batch, time, width) -> (batch, time, hidden), or twice hidden for both directions."""
        states: Tensor = self.forwards(inputs)[0]
        if self.backwards is None:
            return states
        from_end = self.backwards(_reordered(inputs, order))[0]
        return torch.cat([states, _reordered(from_end, order)], 2)

    def packed(self, rows: Tensor, index: Tensor, packing: Packing) -> Tensor:
        """The states of packed tokens: distinct inputs (n, width), the input of each token (tokens,)."""
        states = hidden_states(self.forwards, rows, index, packing.sizes)
        if self.backwards is None:
            return states
        from_end = hidden_states(self.backwards, rows, index[packing.mirror], packing.sizes)
        return torch.cat([states, from_end[packing.mirror]], 1)


def _reordered(states: Tensor, order: Tensor) -> Tensor:
    """Rows (batch, time, width) as they stand in `order` (batch, time); a look-up is faster than `gather`."""
    starts = states.shape[1] * torch.arange(order.shape[0], device=order.device).unsqueeze(1)
    return nn.functional.embedding(order + starts, states.flatten(0, 1))
