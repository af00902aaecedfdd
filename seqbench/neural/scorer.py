"""A network under its objective: scores in training and in tagging, in the precision of each."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from seqbench.neural.batch import Batch
from seqbench.neural.training_precision import Precision


class Scorer(nn.Module):
    """A network with its objective, which may have weights of its own: Batch -> (batch, time, tags).

    Weights, gradients and scores are float32 in either precision, and so is all of tagging.
    """

    def __init__(self, network: nn.Module, objective: nn.Module, precision: Precision) -> None:
        super().__init__()
        self.network, self.objective, self.precision = network, objective, precision

    def forward(self, batch: Batch) -> Tensor:
        """The network's scores."""
        if not self.training or self.precision == "float32":
            scores: Tensor = self.network(batch)
            return scores
        with torch.autocast(batch.words.device.type, torch.bfloat16):
            scores = self.network(batch)
        return scores.float()
