"""A trained network run by onnxruntime, refused unless it gives the scores that torch gives."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqbench.data.corpus import Sequences
from seqbench.errors import UsageError
from seqbench.neural.batch import Batch
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.fitted_network import FittedNetwork
from seqbench.neural.onnx_translation import tensors_of, translated

PACKAGES = ("onnx", "onnxruntime")
_TOLERANCE = 1e-4
_EXAMPLE = (3, 5, 2)
_CHECKED = ((1,), (9, 4, 1, 9), (70, 33))
"""Lengths of the sentences of a batch: of the one that is translated with, and of those that are compared."""


class _Run(Protocol):
    """A session of onnxruntime."""

    def run(self, outputs: list[str], inputs: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]: ...

    def get_inputs(self) -> list[_Input]: ...


class _Input(Protocol):
    """An input of a session."""

    name: str


@dataclass(frozen=True, eq=False)
class Session:
    """The content of an ONNX file, and a number of threads to run it with."""

    content: bytes
    threads: int = 1

    def scores(self, batch: Batch) -> Tensor:
        """The scores (batch, time, tags) of a batch, on its device."""
        names = {tensor.name for tensor in self._run.get_inputs()}
        arrays = {name: ids.cpu().numpy() for name, ids in tensors_of(batch).items() if name in names}
        return torch.from_numpy(self._run.run(["scores"], arrays)[0]).to(batch.words.device)

    @cached_property
    def _run(self) -> _Run:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self.threads, 1
        options.log_severity_level = 4
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        run: _Run = onnxruntime.InferenceSession(self.content, options, providers=["CPUExecutionProvider"])
        return run


def missing_packages() -> list[str]:
    """The packages of the extra `onnx` that are not installed."""
    return [name for name in PACKAGES if find_spec(name) is None]


def refuse_missing_packages() -> None:
    """Raises `UsageError` if a package of the extra `onnx` is not installed."""
    missing = missing_packages()
    if missing:
        raise UsageError(f"ONNX needs {' and '.join(missing)}: pip install 'seqbench[onnx]'")


def session_of(fitted: FittedNetwork) -> Session:
    """The session of a trained network.

    Raises `UsageError` if a package is missing, the network cannot be translated, or its scores are others than those
    of torch for made-up sentences of many lengths.
    """
    refuse_missing_packages()
    session = Session(translated(fitted.scorer.network, _batch(fitted, _EXAMPLE)), fitted.threads)
    worst = max(_difference(fitted, session, _batch(fitted, lengths)) for lengths in _CHECKED)
    if not worst <= _TOLERANCE:
        raise UsageError(
            "the network cannot be exported to ONNX: there it would give other scores for sentences of other lengths, "
            "as a loop over tokens in Python does"
        )
    return session


def _difference(fitted: FittedNetwork, session: Session, batch: Batch) -> float:
    """How far scores are from those of torch, as a share of what is larger than 1; infinite where there are none."""
    fitted.scorer.eval()
    with torch.inference_mode():
        expected = fitted.scorer(batch)[batch.mask].cpu().numpy()
    with suppress(Exception):  # onnxruntime's own errors have no class in common
        scores = session.scores(batch)[batch.mask].cpu().numpy()
        if scores.shape == expected.shape:
            return float((np.abs(scores - expected) / np.maximum(1, np.abs(expected))).max())
    return float("inf")


def _batch(fitted: FittedNetwork, lengths: tuple[int, ...]) -> Batch:
    """A batch of made-up sentences of these lengths: words of train, and words that train never had."""
    vocabularies = fitted.vocabularies
    words = [*map(str, vocabularies.words[:50]), "Zq", "unheard-of-ness", "0"]
    sentences = Sequences.encode(_cut(words, lengths))
    layers = {name: Sequences.encode(_cut(list(map(str, v)), lengths)) for name, v in vocabularies.layers.items()}
    layered = Sequences(sentences.ids, sentences.offsets, sentences.vocabulary, layers)
    encoded = Encoded(vocabularies.encode(layered), fitted.alphabet, fitted.device)
    return encoded.batch(np.arange(len(lengths)))


def _cut(values: list[str], lengths: tuple[int, ...]) -> list[list[str]]:
    """Sentences of these lengths from values, which are repeated."""
    ends = np.cumsum(lengths)
    return [
        [values[position % len(values)] for position in range(end - length, end)]
        for end, length in zip(ends.tolist(), lengths, strict=True)
    ]
