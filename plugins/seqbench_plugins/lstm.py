"""A tagger that reads the sentence with long short-term memory (Hochreiter and Schmidhuber 1997)."""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from seqbench_plugins._recurrent import Cell, RecurrentTagger


@dataclass(kw_only=True)
class LSTMTagger(RecurrentTagger):
    """Bidirectional long short-term memory (Hochreiter and Schmidhuber 1997) over words and their parts."""

    @property
    def cell(self) -> Cell:
        """PyTorch's own."""
        return nn.LSTM
