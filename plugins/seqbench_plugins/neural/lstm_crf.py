"""A tagger that reads the sentence with long short-term memory and chooses its tags together (Lample et al. 2016)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from seqbench_plugins.neural._lstm import LongShortTermMemory


@dataclass(kw_only=True)
class LSTMCRFTagger(LongShortTermMemory):
    """Bidirectional long short-term memory under a conditional random field (Huang et al. 2015, Lample et al. 2016).

    Where the tags are spans (IOB2, IOBES and like schemes) it never makes an illegal move. `crf=True` does the same for
    every other network.
    """

    crf: Annotated[bool, "False: each token's tag by itself, as in lstm"] = True
