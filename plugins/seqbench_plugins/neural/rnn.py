"""A tagger that reads the sentence with a plain recurrent network (Elman 1990)."""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from seqbench_plugins.neural._recurrent import Cell, RecurrentTagger


@dataclass(kw_only=True)
class RNNTagger(RecurrentTagger):
    """Bidirectional plain recurrent network (Elman 1990) over words and their parts."""

    @property
    def cell(self) -> Cell:
        """The recurrent layer of PyTorch."""
        return nn.RNN
