"""A tagger that reads the sentence with long short-term memory (Hochreiter and Schmidhuber 1997)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from torch import nn

from seqbench import Presets
from seqbench_plugins.neural._recurrent import Cell, RecurrentTagger

_PRESETS = {
    "fast": {"embedding_dim": 64, "dropout": 0.3, "learning_rate": 8e-3, "epochs": 3},
    "strong": {"hidden_dim": 192, "layers": 2, "dropout": 0.5, "word_dropout": 0.5, "epochs": 12},
}


@dataclass(kw_only=True)
class LSTMTagger(RecurrentTagger):
    """Bidirectional long short-term memory (Hochreiter and Schmidhuber 1997) over words and their parts."""

    preset: Annotated[Literal["", "fast", "strong"], "named settings", Presets(_PRESETS)] = ""

    def __post_init__(self) -> None:
        """See `NeuralTagger`."""
        super().__post_init__()
        if self.preset:
            raise ValueError(f"preset {self.preset!r} is for specs: seqbench.make(\"lstm(preset='{self.preset}')\")")

    @property
    def cell(self) -> Cell:
        """The recurrent layer of PyTorch."""
        return nn.LSTM
