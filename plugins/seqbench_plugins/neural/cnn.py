"""A tagger of dilated convolutions: each layer sees twice as far as the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from torch import Tensor, nn

from seqbench.neural import Batch, Dropout, NeuralTagger, Shape, WordFeatures
from seqbench_plugins.neural._windows import neighbours


@dataclass(kw_only=True)
class CNNTagger(NeuralTagger):
    """Iterated dilated convolutions over words, affixes and characters (Strubell et al. 2017), with residual layers."""

    layers: Annotated[int, "convolutions; the n-th looks 2 ** (n - 1) words to either side"] = 3
    embedding_dim: Annotated[int, "numbers of a word's embedding"] = 100
    hidden_dim: Annotated[int, "numbers of a token's state"] = 200
    dropout: Annotated[float, "share of inputs and states that are left out in training"] = 0.4

    @property
    def sight(self) -> tuple[int | None, int | None]:
        """See `seqbench.Sighted`."""
        reach = 2**self.layers - 1
        return (None, None) if self.crf else (reach, reach)

    def build(self, shape: Shape) -> nn.Module:
        """A `ConvolutionNetwork`."""
        return ConvolutionNetwork(shape, self)


class ConvolutionNetwork(nn.Module):
    """Features, convolutions that add to what they see, an affine map."""

    def __init__(self, shape: Shape, settings: CNNTagger) -> None:
        super().__init__()
        self.features = WordFeatures(shape, embedding_dim=settings.embedding_dim)
        hidden = settings.hidden_dim
        widths = [self.features.width, *[hidden] * (settings.layers - 1)]
        self.convolutions = nn.ModuleList(nn.Linear(3 * width, hidden) for width in widths)
        self.output = nn.Linear(hidden, shape.tags)
        self.dropout = Dropout(settings.dropout)

    def forward(self, batch: Batch) -> Tensor:
        """Batch -> (batch, time, tags)."""
        states: Tensor = self.features(batch)
        for depth, convolution in enumerate(self.convolutions):
            seen = convolution(neighbours(self.dropout(states), batch.mask, 1, 2**depth)).relu()
            states = states + seen if depth else seen
        scores: Tensor = self.output(self.dropout(states))
        return scores
