"""A second-order hidden Markov model: interpolated tag trigrams and, for unknown words, their endings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from seqbench import Conditions, Corpus, Deterministic, Sequences
from seqbench_plugins._trigrams import Lattice, trigrams
from seqbench_plugins._wordforms import Emissions

Array = NDArray[np.float64]


@dataclass(kw_only=True)
class HMMTagger(Deterministic):
    """Trigrams by deleted interpolation, emissions backed off from form to lower case to endings (Brants 2000, TnT).

    Probabilities are exact: the lattice holds every pair of tags that a word may have. Input layers are ignored.
    """

    decoding: Annotated[Literal["viterbi", "posterior"], "best sequence of tags, or best tag of each token"] = (
        "posterior"
    )
    smoothing: Annotated[float, "how much of a rare word's tags come from its ending"] = 1.0

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.smoothing <= 0:
            raise ValueError(f"smoothing must be above 0, was: {self.smoothing}")

    def fit(self, train: Corpus, conditions: Conditions) -> None:  # noqa: ARG002 -- nothing here depends on them
        """Count tag trigrams, and words with their tags."""
        self._tags = train.tags.vocabulary
        count = len(self._tags)
        self._transitions = trigrams(train.tags.ids, train.tags.offsets, count)
        self._emissions = Emissions.of(train, count, self.smoothing)

    def predict(self, sentences: Sequences) -> Sequences:
        """The best tags, by `decoding`."""
        scores = self._emissions.scores(sentences)
        lattice = Lattice(self._transitions, sentences.offsets)
        best = lattice.viterbi(scores) if self.decoding == "viterbi" else lattice.marginals(scores).argmax(1)
        return Sequences(best.astype(np.int32), sentences.offsets, self._tags)

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Probabilistic`: marginals by forward-backward."""
        scores = self._emissions.scores(sentences)
        return Lattice(self._transitions, sentences.offsets).marginals(scores).astype(np.float32)

    @property
    def parameters(self) -> int:
        """Probabilities of trigrams and of the words' tags."""
        return int(self._transitions.size + self._emissions.known.size)
