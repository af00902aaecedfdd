"""A tagger that reads the sentence with long short-term memory (Hochreiter and Schmidhuber 1997)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from torch import nn

from seqbench import Presets
from seqbench_plugins._recurrent import Cell, RecurrentTagger

_STRONG = {"hidden_dim": 192, "dropout": 0.5, "word_dropout": 0.5, "epochs": 12}


@dataclass(kw_only=True)
class LSTMTagger(RecurrentTagger):
    """Bidirectional long short-term memory (Hochreiter and Schmidhuber 1997) over words and their parts."""

    preset: Annotated[Literal["", "strong"], "named settings", Presets({"strong": _STRONG})] = ""

    def __post_init__(self) -> None:
        """See `NeuralTagger`."""
        super().__post_init__()
        if self.preset:
            raise ValueError(f"preset {self.preset!r} is for specs: seqbench.make(\"lstm(preset='{self.preset}')\")")

    @property
    def cell(self) -> Cell:
        """PyTorch's own."""
        return nn.LSTM
