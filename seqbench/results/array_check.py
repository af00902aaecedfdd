"""The check of arrays that were read from a run folder: which there must be, their types, shapes and ranges.

A folder may come from a stranger, with hashes that fit: nothing in an array is believed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.errors import StoreError
from seqbench.results.npz import AnyArray
from seqbench.results.records import DatasetRecord, Sizes

Arrays: TypeAlias = Mapping[str, AnyArray]
_OPTIONAL = frozenset({"certainty", "repeated", "confusion"})


def checked_dataset(arrays: Arrays, record: DatasetRecord) -> Arrays:
    """The arrays of a dataset. Raises `StoreError` if they are not those that its record tells of."""
    what = f"the arrays of dataset {record.name!r}"
    _require(arrays, ("gold", "sentence_offsets", "document_starts", "known", "ambiguous"), what)
    size = record.splits.get("test", Sizes(sentences=-1, tokens=-1))
    gold, offsets, starts = (arrays[name] for name in ("gold", "sentence_offsets", "document_starts"))
    _check(_whole(gold, (size.tokens,)) and _within(gold, len(record.tags)), what, "gold")
    _check(_whole(offsets, (size.sentences + 1,)) and _rises(offsets, 0, size.tokens), what, "sentence_offsets")
    _check(_whole(starts, starts.shape[:1]) and _within(starts, size.sentences + 1), what, "document_starts")
    _check(bool((starts[1:] > starts[:-1]).all()), what, "document_starts")
    for name in ("known", "ambiguous"):
        _check(_flags(arrays[name], (size.tokens,)), what, name)
    if "repeated" in arrays:
        some = len(arrays["repeated"].shape) == 1 and len(arrays["repeated"])
        _check(_flags(arrays["repeated"], (size.sentences if some else 0,)), what, "repeated")
    return arrays


def checked_trial(arrays: Arrays, names: Collection[str], name: str) -> Arrays:
    """The arrays of a trial, each well formed. Raises `StoreError` if one that was asked for is not there."""
    what = f"'{name}.npz'"
    _require(arrays, names, what)
    if "predicted" in arrays:
        predicted = arrays["predicted"]
        _check(_whole(predicted, predicted.shape[:1]) and _within(predicted, 2**31), what, "predicted")
    if "confusion" in arrays:
        _check(_whole(arrays["confusion"], arrays["confusion"].shape[:1] * 2), what, "confusion")
    if "certainty" in arrays:
        sure = arrays["certainty"]
        known = sure.dtype.kind == "f" and sure.ndim == 2 and len(sure) == 3  # noqa: PLR2004 -- numbers a token
        _check(known and (not sure.size or bool(sure.min() >= 0 and sure.max() <= 1)), what, "certainty")
    return arrays


def checked_predictions(arrays: Arrays, record: DatasetRecord, what: str) -> Arrays:
    """The arrays of a trial on a dataset. Raises `StoreError` if they are not of its tokens and tags."""
    tokens = record.splits["test"].tokens
    if "predicted" in arrays:
        right = len(arrays["predicted"]) == tokens and _within(arrays["predicted"], len(record.tags))
        _check(right, what, "predicted")
    if "certainty" in arrays:
        _check(arrays["certainty"].shape == (3, tokens), what, "certainty")
    return arrays


def _require(arrays: Arrays, names: Collection[str], what: str) -> None:
    missing = [name for name in names if name not in arrays and name not in _OPTIONAL]
    if missing:
        raise StoreError(f"{what} cannot be used: {missing[0]!r} is not there; bring the run back from a copy")


def _check(right: object, what: str, name: str) -> None:
    if not right:
        raise StoreError(f"{what} cannot be used: {name!r} does not fit the run; bring the run back from a copy")


def _whole(array: AnyArray, shape: tuple[int, ...]) -> bool:
    return array.dtype.kind in "iu" and array.shape == shape and array.ndim > 0


def _flags(array: NDArray[np.bool_], shape: tuple[int, ...]) -> bool:
    return array.dtype.kind == "b" and array.shape == shape


def _within(array: AnyArray, end: int) -> bool:
    if array.dtype.kind == "u":  # of thousands of trials each look at all tokens counts
        return bool(array.itemsize * 8 < end.bit_length()) or not array.size or int(array.max()) < end
    return not array.size or (int(array.min()) >= 0 and int(array.max()) < end)


def _rises(array: AnyArray, first: int, last: int) -> bool:
    return int(array[0]) == first and int(array[-1]) == last and bool((array[1:] >= array[:-1]).all())
