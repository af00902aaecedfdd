"""Numbers inside a trained network: the states before its last affine map, and the gradients of its decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqbench.data.corpus import Sequences
from seqbench.errors import UsageError
from seqbench.neural.batches_by_length import grouped
from seqbench.neural.features import WordFeatures
from seqbench.neural.fitted_network import FittedNetwork


def states_of(fitted: FittedNetwork, sentences: Sequences) -> NDArray[np.float32]:
    """The inputs of the last affine map: (tokens, width). Raises `UsageError` if the network has none.

    With gradients enabled, so that no network takes a way through its layers that is only for tagging.
    """
    encoded, output = fitted.encode(sentences), _output(fitted)
    states = np.zeros((encoded.tokens, output.in_features), np.float32)
    fitted.scorer.eval()
    for group in grouped(encoded.lengths, fitted.batch_tokens):
        places, mask = encoded.places(group)
        with torch.enable_grad(), _inputs(output) as seen:
            fitted.scorer(encoded.batch(group))
        states[places[mask]] = seen[-1].detach().cpu().numpy()[mask]
    return states


def saliency_of(fitted: FittedNetwork, sentence: Sequences) -> NDArray[np.float32]:
    """How much the score of each token's best tag moves with each word: (tokens, tokens), rows sum to 1."""
    features = next((part for part in fitted.scorer.modules() if isinstance(part, WordFeatures)), None)
    if features is None:
        raise UsageError("this network does not read words by WordFeatures, so that no gradient leads to a word")
    encoded = fitted.encode(sentence)
    fitted.scorer.eval()
    with torch.enable_grad(), _outputs(features) as seen:
        scores = fitted.scorer(encoded.batch(np.zeros(1, np.int64)))[0]
    rows = [_gradient(best, seen[-1]) for best in scores.max(1).values]
    weights = torch.stack(rows).cpu().numpy()
    return np.asarray(weights / np.maximum(weights.sum(1, keepdims=True), 1e-30), np.float32)


def _gradient(score: Tensor, words: Tensor) -> Tensor:
    """The length of the gradient of a score by the numbers of each word: (tokens,)."""
    (gradient,) = torch.autograd.grad(score, words, retain_graph=True)
    lengths: Tensor = gradient[0].norm(dim=1)
    return lengths


def _output(fitted: FittedNetwork) -> nn.Linear:
    """The last affine map to the tags."""
    tags = len(fitted.vocabularies.tags)
    maps = [part for part in fitted.scorer.modules() if isinstance(part, nn.Linear) and part.out_features == tags]
    if not maps:
        raise UsageError("this network ends in no affine map to the tags, so that it has no hidden states to show")
    return maps[-1]


@contextmanager
def _inputs(part: nn.Module) -> Iterator[list[Tensor]]:
    """Inputs of a part of a network until the block ends."""
    seen: list[Tensor] = []
    handle = part.register_forward_pre_hook(lambda _part, inputs: seen.append(inputs[0]))
    try:
        yield seen
    finally:
        handle.remove()


@contextmanager
def _outputs(part: nn.Module) -> Iterator[list[Tensor]]:
    """Outputs of a part of a network until the block ends."""
    seen: list[Tensor] = []
    handle = part.register_forward_hook(lambda _part, _inputs, output: seen.append(output))
    try:
        yield seen
    finally:
        handle.remove()
