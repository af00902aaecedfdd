"""A transformer's encoder, trained from scratch: every token looks at all others of its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from torch import Tensor, nn

from seqbench.neural import Batch, Dropout, NeuralTagger, Shape, WordFeatures
from seqbench_plugins.neural._rotary import rotated, turns


@dataclass(kw_only=True)
class TransformerTagger(NeuralTagger):
    """Layers of self-attention (Vaswani et al. 2017) over words, affixes and characters.

    Layers normalise what they read, not what they give (Xiong et al. 2020); where a token stands is told by rotating
    queries and keys (Su et al. 2021), so that only distances count.
    """

    layers: Annotated[int, "layers of attention"] = 2
    heads: Annotated[int, "heads of attention in a layer; hidden_dim is divided among them"] = 8
    embedding_dim: Annotated[int, "numbers of a word's embedding"] = 100
    hidden_dim: Annotated[int, "numbers of a token's state"] = 192
    dropout: Annotated[float, "share of inputs and outputs that are left out in training"] = 0.4
    inner_dropout: Annotated[float, "share of each layer's answers that are left out in training"] = 0.2
    learning_rate: Annotated[float, "highest learning rate; it rises to it, then falls to 0"] = 2e-3

    def __post_init__(self) -> None:
        """See `NeuralTagger`."""
        super().__post_init__()
        self.require_above_zero("layers", "heads", "embedding_dim", "hidden_dim")
        if self.hidden_dim % (2 * self.heads):
            raise ValueError(f"hidden_dim must be a multiple of 2 * heads = {2 * self.heads}, was: {self.hidden_dim}")
        self.require_share("dropout", "inner_dropout")

    def build(self, shape: Shape) -> nn.Module:
        """An `Encoder`."""
        return Encoder(shape, self)


class Encoder(nn.Module):
    """Features, an affine map to the states' size, layers, an affine map to the tags."""

    def __init__(self, shape: Shape, settings: TransformerTagger) -> None:
        super().__init__()
        self.features = WordFeatures(shape, embedding_dim=settings.embedding_dim)
        self.entry = nn.Linear(self.features.width, settings.hidden_dim)
        self.layers = nn.ModuleList(Layer(settings) for _ in range(settings.layers))
        self.norm = nn.LayerNorm(settings.hidden_dim)
        self.output = nn.Linear(settings.hidden_dim, shape.tags)
        self.dropout = Dropout(settings.dropout)

    def forward(self, batch: Batch) -> Tensor:
        """Batch -> (batch, time, tags)."""
        states: Tensor = self.entry(self.dropout(self.features(batch)))
        seen = batch.mask[:, None, None]  # (batch, 1, 1, time)
        for layer in self.layers:
            states = layer(states, seen)
        scores: Tensor = self.output(self.dropout(self.norm(states)))
        return scores


class Layer(nn.Module):
    """Attention, then a map of each token by itself; both add to what they read."""

    def __init__(self, settings: TransformerTagger) -> None:
        super().__init__()
        hidden = settings.hidden_dim
        self.heads = settings.heads
        self.before_attention, self.before_map = nn.LayerNorm(hidden), nn.LayerNorm(hidden)
        self.projection, self.answer = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.map = nn.Sequential(nn.Linear(hidden, 2 * hidden), nn.ReLU(), nn.Linear(2 * hidden, hidden))
        self.dropout = Dropout(settings.inner_dropout)

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        """(batch, time, hidden) -> the same shape; `seen` (batch, 1, 1, time) is true where there is a token."""
        states = states + self.dropout(self.attention(self.before_attention(states), seen))
        widened: Tensor = states + self.dropout(self.map(self.before_map(states)))
        return widened

    def attention(self, states: Tensor, seen: Tensor) -> Tensor:
        """Each token's mean of all tokens' values, weighted by how well its query fits their keys."""
        batch, time, hidden = states.shape
        parts = self.projection(states).view(batch, time, 3, self.heads, hidden // self.heads)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)  # each (batch, heads, time, hidden / heads)
        angles = turns(time, hidden // self.heads, states.device)
        mixed = nn.functional.scaled_dot_product_attention(
            rotated(queries, angles), rotated(keys, angles), values, seen
        )
        answer: Tensor = self.answer(mixed.transpose(1, 2).reshape(batch, time, hidden))
        return answer
