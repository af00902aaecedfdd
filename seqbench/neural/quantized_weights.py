"""Weights in fewer bits: rounded to bfloat16, or to int8 with a scale for each row, and computed with in float32.

Rounding twice gives the same: a scale has ten binary digits, so that each multiple of it is a float32 exactly.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

Weights = dict[str, NDArray[Any]]
WeightType = Literal["float32", "bfloat16", "int8"]

_SCALE = " scale"
_STEPS = 127
_DIGITS = 1 << 10


def packed(weights: Weights, names: Collection[str], to: WeightType) -> Weights:
    """Weights as they are stored, beside those that became int8 their scales (rows,); only these names are rounded."""
    stored = dict(weights)
    for name in names:
        array = weights[name]
        if array.dtype != np.float32 or to == "float32":
            continue
        if to == "bfloat16":
            stored[name] = torch.from_numpy(array.copy()).bfloat16().view(torch.int16).numpy().view(np.uint16)
        elif array.ndim > 1:
            scale = stored[name + _SCALE] = _scales(array)
            stored[name] = np.rint(array / _along(scale, array)).astype(np.int8)
    return stored


def type_of(stored: Weights) -> WeightType:
    """The type that weights are stored in."""
    if any(name.endswith(_SCALE) for name in stored):
        return "int8"
    return "bfloat16" if any(array.dtype == np.uint16 for array in stored.values()) else "float32"


def restored(stored: Weights) -> Weights:
    """Stored weights as float32. Raises `ValueError` unless each scale belongs to the rows of some int8 weights."""
    scales = {name.removesuffix(_SCALE): array for name, array in stored.items() if name.endswith(_SCALE)}
    for name, scale in scales.items():
        array = stored.get(name)
        if array is None or array.dtype != np.int8 or scale.shape != array.shape[:1] or scale.dtype != np.float32:
            raise ValueError(f"the scales {name!r} belong to no weights of one byte")
    return {name: _restored(array, scales.get(name)) for name, array in stored.items() if not name.endswith(_SCALE)}


def round_weights(network: nn.Module, to: WeightType) -> None:
    """Round the learned weights of a network to what a type of numbers can hold."""
    parameters = {name: weights.detach() for name, weights in network.named_parameters()}
    arrays = {name: weights.cpu().numpy() for name, weights in parameters.items()}
    for name, array in restored(packed(arrays, parameters, to)).items():
        parameters[name].copy_(torch.from_numpy(np.array(array)))


def _restored(array: NDArray[Any], scale: NDArray[Any] | None) -> NDArray[Any]:
    if scale is not None:
        return np.asarray(array.astype(np.float32) * _along(scale, array), np.float32)
    if array.dtype == np.uint16:
        return np.asarray(array.astype(np.uint32) << 16, np.uint32).view(np.float32)
    return array


def _scales(array: NDArray[Any]) -> NDArray[Any]:
    """Value of one step of int8 in each row: its largest weight / 127, rounded up to ten digits."""
    largest = np.abs(array.reshape(len(array), -1)).max(1, initial=0).astype(np.float64) / _STEPS
    digits, power = np.frexp(np.where(largest > 0, largest, 1.0))
    return np.asarray(np.ldexp(np.ceil(digits * _DIGITS) / _DIGITS, power), np.float32)


def _along(scale: NDArray[Any], array: NDArray[Any]) -> NDArray[Any]:
    return scale.reshape(-1, *(1,) * (array.ndim - 1))
