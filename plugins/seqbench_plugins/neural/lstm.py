"""A tagger that reads the sentence with long short-term memory (Hochreiter and Schmidhuber 1997)."""

from __future__ import annotations

from dataclasses import dataclass

from seqbench_plugins.neural._lstm import LongShortTermMemory


@dataclass(kw_only=True)
class LSTMTagger(LongShortTermMemory):
    """Bidirectional long short-term memory (Hochreiter and Schmidhuber 1997) over words and their parts."""
