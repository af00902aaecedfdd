"""A tagger that reads the sentence with gated recurrent units (Cho et al. 2014)."""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from seqbench_plugins.neural._recurrent import Cell, RecurrentTagger


@dataclass(kw_only=True)
class GRUTagger(RecurrentTagger):
    """Bidirectional gated recurrent units (Cho et al. 2014) over words and their parts."""

    @property
    def cell(self) -> Cell:
        """The recurrent layer of PyTorch."""
        return nn.GRU
