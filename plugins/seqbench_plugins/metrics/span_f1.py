"""F1 of spans (chunks, entities): a span counts if its first token, last token and type are right.

Illegal sequences are read as conlleval reads them (Tjong Kim Sang and Buchholz 2000), as seqeval does too unless told
otherwise; all types count together (micro average).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Outcome
from seqbench.spans import reading_of, scores


@dataclass(frozen=True)
class SpanF1:
    """F1 of whole spans, a fraction of 1; None where the tags are no spans, 0 where there is no span at all.

    A span is right where its first and last token and its type are. Where most tokens are outside of spans this says
    more than accuracy: a tagger that finds no entity may have 90 % of the tokens right, and has span F1 0.
    """

    def __call__(self, outcome: Outcome) -> float | None:
        """The F1 of an outcome."""
        counts = self.counts(outcome)
        return None if counts is None else float(self.score(counts.sum(0).astype(np.float64)))

    def counts(self, outcome: Outcome) -> NDArray[np.int64] | None:
        """Right, predicted and gold spans of each sentence: (sentences, 3)."""
        reading = reading_of(outcome)
        if reading is None:
            return None
        return reading.pair(outcome.gold, outcome.predicted, outcome.offsets).by_sentence()

    def score(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """F1 from right, predicted and gold: (..., 3) -> (...)."""
        return scores(sums)[..., 2]


span_f1 = SpanF1()
