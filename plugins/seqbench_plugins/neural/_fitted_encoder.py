"""A trained encoder on its device and on disk, and what of it another training begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqbench import Conditions, Corpus, Ids, Sequences, StoreError, Vocabularies, read_learned
from seqbench.neural import Alphabet, Evaluation, KnownTags, Weights, evaluation, give_weights, grouped, weights_of
from seqbench_plugins.neural._encoder import Network
from seqbench_plugins.neural._encoder_input import Examples
from seqbench_plugins.neural._subwords import Subwords

ENCODER = "encoder"
"""The folder of a kept encoder and its tokenizer, in the form of their library."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Kept:
    """The parts of a trained network beside the encoder, which lies beside them in the form of its library.

    `alphabet` and the weights `characters`, `into` are there if the network reads characters.
    """

    vocabularies: Vocabularies
    output: Weights
    notes: tuple[str, ...]
    threads: int
    alphabet: Alphabet | None = None
    characters: Weights | None = None
    into: Weights | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Fitted:
    """A trained encoder with its sub-words, on its device; text is tagged in batches of `batch_tokens` sub-words."""

    vocabularies: Vocabularies
    subwords: Subwords
    network: Network
    device: str
    batch_tokens: int
    notes: tuple[str, ...]
    threads: int
    alphabet: Alphabet | None = None

    def examples(self, sentences: Sequences) -> Examples:
        """Sentences as the network reads them."""
        return Examples.of(sentences, self.subwords, self.alphabet)

    def best(self, examples: Examples) -> Ids:
        """The tag id of each token: (tokens,)."""
        ids = np.zeros(len(examples.forms), np.int32)
        for places, scores in self._scored(examples):
            ids[places] = scores.argmax(1).cpu().numpy()
        return ids

    def probabilities(self, examples: Examples) -> NDArray[np.float32]:
        """The softmax of each token's scores: (tokens, tags)."""
        probabilities = np.zeros((len(examples.forms), len(self.vocabularies.tags)), np.float32)
        for places, scores in self._scored(examples):
            probabilities[places] = scores.softmax(1).cpu().numpy()
        return probabilities

    def evaluator(self, conditions: Conditions, *, remember: bool) -> Callable[[], Evaluation] | None:
        """Function that evaluates the encoder on dev as it is when called; None where there is no dev."""
        dev = conditions.dev
        if dev is None or not dev.tokens:
            return None
        examples = self.examples(dev.sentences)
        if remember:
            examples = self.remembered(examples)
        return lambda: evaluation(self.best(examples), dev, conditions.metric)

    def remembered(self, examples: Examples) -> Examples:
        """The examples with the states of their words, for an encoder of which nothing is trained."""
        states = np.zeros((len(examples.forms), self.network.output.in_features), np.float32)
        self.network.eval()
        with torch.no_grad():
            for group in grouped(examples.lengths, self.batch_tokens):
                read, places, mask = examples.batch(group, self.device)
                states[places[mask]] = self.network.words(read).cpu().numpy()[mask]
        return replace(examples, states=states)

    def _scored(self, examples: Examples) -> Iterator[tuple[NDArray[np.int64], Tensor]]:
        """The places of the tokens of each batch in the corpus, with their scores (tokens, tags)."""
        self.network.eval()
        with torch.inference_mode():
            for group in grouped(examples.lengths, self.batch_tokens):
                read, places, mask = examples.batch(group, self.device)
                yield places[mask], self.network(read)[torch.from_numpy(mask).to(self.device)]


def begin_with(network: Network, folder: Path, train: Corpus) -> Sequence[str]:
    """Give the affine map the weights that a kept model has for its tags, in the order of train; the tags it knows.

    Raises `StoreError` if the files of the kept model do not fit each other.
    """
    kept = read_learned(folder, Kept)
    tags = list(map(str, kept.vocabularies.tags))
    places = KnownTags.of(tags, train).places
    output = weights_of(network.output)
    for name, own in output.items():
        if kept.output[name].shape != (len(tags), *own.shape[1:]):
            raise StoreError(f"the weights {name!r} in {str(folder)!r} do not fit {len(tags)} tags")
        own[places >= 0] = kept.output[name][places[places >= 0]]
    give_weights(network.output, output)
    return tags
