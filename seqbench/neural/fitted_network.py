"""A trained network with all that leads from sentences to its tags and probabilities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqbench.contracts.tagger import Conditions
from seqbench.data.corpus import Ids, Sequences
from seqbench.data.vocabularies import Vocabularies
from seqbench.neural.batch import Batch
from seqbench.neural.batches_by_length import Encoded, grouped
from seqbench.neural.dev_evaluation import Evaluation, evaluation
from seqbench.neural.loss import Objective
from seqbench.neural.scorer import Scorer
from seqbench.neural.vocabulary import Alphabet


@dataclass(frozen=True, eq=False, kw_only=True)
class FittedNetwork:
    """All that a neural tagger has learned, on its device; sentences are tagged in batches of `batch_tokens`.

    `scores` gives the scores (batch, time, tags) in place of the network, by another way to compute them.
    """

    vocabularies: Vocabularies
    alphabet: Alphabet
    scorer: Scorer
    objective: Objective
    device: str
    batch_tokens: int
    notes: tuple[str, ...] = ()
    threads: int = 1
    seed: int = 0
    scores: Callable[[Batch], Tensor] | None = None

    def encode(self, sentences: Sequences) -> Encoded:
        """Sentences as numbers on the device. Raises `DataError` if they lack an input layer of the training set."""
        self.vocabularies.refuse_missing_layers(sentences)
        return Encoded(sentences, self.alphabet, self.device)

    def best(self, encoded: Encoded) -> Ids:
        """The tag id of each token: (tokens,)."""
        ids = np.zeros(encoded.tokens, np.int32)
        for places, scores, mask in self._scored(encoded):
            ids[places] = self.objective.best(scores, mask)[mask].cpu().numpy()
        return ids

    def probabilities(self, encoded: Encoded) -> NDArray[np.float32]:
        """How probable each tag of each token is: (tokens, tags)."""
        probabilities = np.zeros((encoded.tokens, len(self.vocabularies.tags)), np.float32)
        for places, scores, mask in self._scored(encoded):
            probabilities[places] = self.objective.probabilities(scores, mask)[mask].cpu().numpy()
        return probabilities

    def evaluator(self, conditions: Conditions) -> Callable[[], Evaluation] | None:
        """Function that evaluates the network on dev as it is when called; None where there is no dev."""
        dev = conditions.dev
        if dev is None or not dev.tokens:
            return None
        encoded = self.encode(dev.sentences)
        return lambda: evaluation(self.best(encoded), dev, conditions.metric)

    def _scored(self, encoded: Encoded) -> Iterator[tuple[NDArray[np.int64], Tensor, Tensor]]:
        """Positions of the tokens of each batch in the corpus, their scores (batch, time, tags) and their mask."""
        self.scorer.eval()
        with torch.inference_mode(), torch.backends.cudnn.flags(enabled=True, allow_tf32=False):  # as exact as the CPU
            for group in grouped(encoded.lengths, self.batch_tokens):
                places, mask = encoded.places(group)
                batch = encoded.batch(group)
                yield places[mask], (self.scores or self.scorer)(batch), batch.mask
