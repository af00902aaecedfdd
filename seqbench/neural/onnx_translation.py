"""A network as the bytes of an ONNX file, whose inputs are the arrays of a batch and whose output are its scores."""

from __future__ import annotations

import copy
import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from seqbench.errors import UsageError
from seqbench.neural.batch import Batch, Forms

OPSET = 17
_STANDARD_OUTPUT = 1
_LAYER = "layer "
_AXES = {
    "lengths": ("batch",),
    "index": ("batch", "time"),
    "words": ("forms",),
    "cased": ("forms",),
    "affixes": ("forms",),
    "characters": ("forms", "letters"),
    "vectors": ("forms",),
}
_SENTENCES = ("batch", "time")
_UNTRANSLATABLE = (RuntimeError, ValueError, TypeError, LookupError, AttributeError, AssertionError)


def tensors_of(batch: Batch) -> dict[str, Tensor]:
    """The inputs of the file by name: see `Batch` and `Forms`; an input layer NAME is called `layer NAME`.

    What follows from them, the mask and the words of each token, is computed in the file.
    """
    forms = batch.forms
    tensors = {"lengths": batch.lengths} | {
        name: getattr(forms, name) for name in ("index", "words", "cased", "affixes", "characters")
    }
    if forms.vectors is not None:
        tensors["vectors"] = forms.vectors
    return tensors | {f"{_LAYER}{name}": ids for name, ids in batch.layers.items()}


def translated(network: nn.Module, batch: Batch) -> bytes:
    """The ONNX file of a network, for batches of any sizes; `batch` is an example. Raises `UsageError`.

    torch's older exporter traces the network: its newer one unrolls recurrent layers to one sentence length. Gradients
    are enabled, so that no network takes a way through its layers that is only for tagging.
    """
    tensors, file = tensors_of(batch), io.BytesIO()
    traced = _Positional(copy.deepcopy(network).cpu(), list(tensors)).eval()
    axes = {name: dict(enumerate(_AXES.get(name, _SENTENCES))) for name in [*tensors, "scores"]}
    try:
        with torch.enable_grad(), warnings.catch_warnings(), _unprinted():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                traced,
                tuple(tensor.cpu() for tensor in tensors.values()),
                file,  # type: ignore[arg-type]  # this exporter writes into streams, too
                input_names=list(tensors),
                output_names=["scores"],
                dynamic_axes=axes,
                opset_version=OPSET,
                dynamo=False,
            )
    except _UNTRANSLATABLE as error:
        first = str(error).strip().partition("\n")[0]
        raise UsageError(f"the network cannot be exported to ONNX: {first}") from error
    return file.getvalue()


class _Positional(nn.Module):
    """A network whose inputs are tensors in a row, by these names, instead of a batch."""

    def __init__(self, network: nn.Module, names: list[str]) -> None:
        super().__init__()
        self.network, self.names = network, names

    def forward(self, *tensors: Tensor) -> Tensor:
        """The scores (batch, time, tags)."""
        inputs = dict(zip(self.names, tensors, strict=True))
        lengths, index, words = inputs["lengths"], inputs["index"], inputs["words"]
        forms = Forms(index, words, inputs["cased"], inputs["affixes"], inputs["characters"], inputs.get("vectors"))
        mask = torch.arange(index.shape[1]) < lengths.unsqueeze(1)
        layers = {name.removeprefix(_LAYER): inputs[name] for name in self.names if name.startswith(_LAYER)}
        scores: Tensor = self.network(Batch(words[index], lengths, mask, forms, layers))
        return scores


@contextmanager
def _unprinted() -> Iterator[None]:
    """Keep off standard output, which has results, the graph that torch prints where it cannot translate a network."""
    kept = os.dup(_STANDARD_OUTPUT)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, _STANDARD_OUTPUT)
        yield
    finally:
        os.dup2(kept, _STANDARD_OUTPUT)
        os.close(nothing)
        os.close(kept)
