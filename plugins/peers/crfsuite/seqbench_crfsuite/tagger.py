"""sklearn-crfsuite's CRF takes whole sentences, each a list of features by token, so that an adapter is enough."""

from dataclasses import dataclass
from typing import Annotated

from seqbench import Deterministic
from seqbench.adapters import SentenceTagger


@dataclass(kw_only=True)
class CRFTagger(SentenceTagger, Deterministic):
    """`sklearn_crfsuite.CRF`, with L-BFGS; the adapter's features of a word and its neighbours."""

    c1: Annotated[float, "weight of the L1 norm"] = 0.1
    c2: Annotated[float, "weight of the L2 norm"] = 0.1
    iterations: Annotated[int, "iterations of L-BFGS, at most"] = 100

    def build(self):
        """A new estimator."""
        from sklearn_crfsuite import CRF

        return CRF(
            algorithm="lbfgs",
            c1=self.c1,
            c2=self.c2,
            max_iterations=self.iterations,
            all_possible_transitions=True,
        )
