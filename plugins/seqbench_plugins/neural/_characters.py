"""A form read letter by letter, from both ends, by long short-term memory (Ling et al. 2015)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from seqbench.neural import reverse_within


class CharacterLSTM(nn.Module):
    """The last states of both directions: (forms, length) ids, 0 is padding -> (forms, width)."""

    def __init__(self, characters: int, *, dim: int = 32, hidden: int = 64) -> None:
        super().__init__()
        self.width = 2 * hidden
        self.embedding = nn.Embedding(characters, dim)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.forwards = nn.LSTM(dim, hidden, batch_first=True)
        self.backwards = nn.LSTM(dim, hidden, batch_first=True)

    def forward(self, characters: Tensor) -> Tensor:
        """(forms, length) -> (forms, width)."""
        lengths = (characters > 0).sum(1).clamp_min(1)
        turned = characters.gather(1, reverse_within(lengths, characters.shape[1]))
        last = (lengths - 1).view(-1, 1, 1).expand(-1, 1, self.width // 2)
        ends = [
            read(self.embedding(letters))[0].gather(1, last).squeeze(1)
            for read, letters in ((self.forwards, characters), (self.backwards, turned))
        ]
        return torch.cat(ends, 1)
