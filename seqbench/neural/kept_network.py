"""A trained network on disk: its vocabularies, its alphabet and its weights, without any code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from seqbench.contracts.learned_files import read_learned, write_learned
from seqbench.data.vocabularies import Vocabularies
from seqbench.errors import StoreError
from seqbench.neural.fitted_network import FittedNetwork
from seqbench.neural.quantized_weights import Weights, WeightType, packed, restored, type_of
from seqbench.neural.vocabulary import Alphabet


@dataclass(frozen=True, eq=False, kw_only=True)
class KeptNetwork:
    """Parts of a `FittedNetwork` that are not built anew; `weights` by their names in the scorer.

    On disk they may have fewer bits (`seqbench.neural.quantized_weights`).
    """

    vocabularies: Vocabularies
    alphabet: Alphabet
    weights: Weights
    threads: int
    seed: int = 0
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.alphabet.check(len(self.vocabularies.words))

    @classmethod
    def read(cls, folder: Path, to: WeightType | None = None) -> KeptNetwork:
        """The network that a folder holds. Raises `StoreError` if there is none, or its weights are not stored so."""
        kept = read_learned(folder, cls)
        if to is not None and to != (stored := type_of(kept.weights)):
            raise StoreError(f"the weights in {str(folder)!r} are stored as {stored}, the spec says {to}")
        try:
            return replace(kept, weights=restored(kept.weights))
        except ValueError as error:
            raise StoreError(f"the weights in {str(folder)!r} are damaged: {error}") from error

    @classmethod
    def write(cls, fitted: FittedNetwork, folder: Path, to: WeightType = "float32") -> None:
        """Write a trained network into an existing folder, its learned weights in a type that they are rounded to."""
        learned = [name for name, _ in fitted.scorer.named_parameters()]
        weights = packed(weights_of(fitted.scorer), learned, to)
        kept = cls(
            vocabularies=fitted.vocabularies,
            alphabet=fitted.alphabet,
            weights=weights,
            threads=fitted.threads,
            seed=fitted.seed,
            notes=fitted.notes,
        )
        write_learned(folder, kept)


def weights_of(network: nn.Module) -> Weights:
    """The weights and buffers of a network by name, as arrays."""
    return {name: tensor.detach().cpu().numpy() for name, tensor in network.state_dict().items()}


def give_weights(network: nn.Module, weights: Weights) -> None:
    """Put weights into a network. Raises `StoreError` unless they are its own by name, shape and type, and finite."""
    own = network.state_dict()
    wrong = sorted(set(own) ^ set(weights))
    if wrong:
        raise StoreError(
            f"the weights do not fit the network that the spec describes: {wrong[0]!r} is on one side only"
        )
    for name, tensor in own.items():
        array = weights[name]
        if array.shape != tuple(tensor.shape) or array.dtype != tensor.cpu().numpy().dtype:
            expected = f"{tuple(tensor.shape)} of {tensor.dtype}"
            raise StoreError(f"the weights {name!r} are {array.shape} of {array.dtype}, the network has {expected}")
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise StoreError(f"the weights {name!r} hold a value that is no finite number")
    network.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
