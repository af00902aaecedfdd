"""A tagger that sees a few words to either side and keeps no state: the tutorial's contrast to recurrent networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import torch
from torch import Tensor, nn

from seqbench.neural import Batch, Dropout, NeuralTagger, Shape, WordFeatures
from seqbench_plugins.neural._windows import affine_by_forms, neighbours


@dataclass(kw_only=True)
class FeedforwardTagger(NeuralTagger):
    """A window of words, affixes and characters through one hidden layer (Collobert et al. 2011)."""

    predicted_tokens = 16_000

    reach: Annotated[int, "words seen to either side"] = 2
    embedding_dim: Annotated[int, "numbers of a word's embedding"] = 100
    hidden_dim: Annotated[int, "numbers of the hidden layer"] = 256
    dropout: Annotated[float, "share of inputs and hidden numbers that are left out in training"] = 0.4

    @property
    def sight(self) -> tuple[int | None, int | None]:
        """See `seqbench.Sighted`."""
        return (None, None) if self.crf else (self.reach, self.reach)

    def build(self, shape: Shape) -> nn.Module:
        """A `WindowNetwork`."""
        return WindowNetwork(shape, self)


class WindowNetwork(nn.Module):
    """Features of the window, one hidden layer, an affine map."""

    def __init__(self, shape: Shape, settings: FeedforwardTagger) -> None:
        super().__init__()
        self.features = WordFeatures(shape, embedding_dim=settings.embedding_dim)
        self.reach = settings.reach
        width = (2 * settings.reach + 1) * self.features.width
        self.hidden = nn.Linear(width, settings.hidden_dim)
        self.output = nn.Linear(settings.hidden_dim, shape.tags)
        self.dropout = Dropout(settings.dropout)

    def forward(self, batch: Batch) -> Tensor:
        """Batch -> (batch, time, tags)."""
        if not (self.training or torch.is_grad_enabled() or self.features.layers):
            rows = self.features.of_forms(batch.forms)
            tagged: Tensor = self.output(affine_by_forms(self.hidden, rows, batch.forms.index, batch.mask).relu())
            return tagged
        window = neighbours(self.dropout(self.features(batch)), batch.mask, self.reach)
        scores: Tensor = self.output(self.dropout(self.hidden(window).relu()))
        return scores
