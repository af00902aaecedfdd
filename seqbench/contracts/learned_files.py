"""Files of what a tagger has learned: a dataclass of arrays and plain values, written and read back by its types.

`learned.safetensors` holds the arrays, `learned.json` all else. Reading executes nothing: every value is checked
against the type of its field, every array against its name and the type of its numbers.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar, Union

import msgspec
import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from seqbench.data.corpus import strings
from seqbench.data.regular_files import check_regular
from seqbench.errors import StoreError, cause

Learned = TypeVar("Learned")
Hint: TypeAlias = Any
"""A type as an annotation has it, or a value of such a type."""
AnyArray: TypeAlias = NDArray[Hint]
Arrays: TypeAlias = dict[str, AnyArray]
Json: TypeAlias = object

VALUES, ARRAYS = "learned.json", "learned.safetensors"
_LARGEST_VALUES = 1 << 28
_DAMAGED = (OSError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError, MemoryError, SafetensorError)


def write_learned(folder: Path, learned: object) -> None:
    """Write a dataclass into an existing folder; its fields with `init=False` are left out, and made again by reading.

    A field with `metadata={"added": True}` and a default may be missing in what an older version wrote. Fields may hold
    numbers, texts, arrays, arrays of str, dataclasses, and tuples, lists or mappings of these; keys of mappings are
    texts or numbers (pairs as keys: two lists). Raises `StoreError` if a value is none of these, a text is no Unicode,
    or the folder cannot be written.
    """
    arrays: Arrays = {}
    values = _plain(learned, "", arrays)
    try:
        (folder / VALUES).write_bytes(msgspec.json.encode(values))
        save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, folder / ARRAYS)
    except TypeError as error:
        what = "numbers, texts, arrays, dataclasses, tuples, lists, and mappings whose keys are texts or numbers"
        raise StoreError(f"what was learned cannot be written: {error}; it may hold {what}") from error
    except (OSError, UnicodeEncodeError, SafetensorError) as error:
        raise StoreError(f"what was learned cannot be written into {str(folder)!r}: {cause(error)}") from error


def read_learned(folder: Path, kind: type[Learned]) -> Learned:
    """The dataclass that `write_learned` wrote. Raises `StoreError` if the files do not hold one of this type."""
    try:
        check_regular(folder)
        size = (folder / VALUES).stat().st_size
        if size > _LARGEST_VALUES:
            raise ValueError(f"{VALUES} has {size:,} bytes, more than {_LARGEST_VALUES:,}")
        values = msgspec.json.decode((folder / VALUES).read_bytes())
        with safe_open(folder / ARRAYS, framework="numpy") as opened:
            reader = _Reader(opened, set(opened.keys()))
            learned: Learned = reader.made(kind, values, "")
        if reader.unread:
            raise ValueError(f"nothing has an array {min(reader.unread)!r}")
    except _DAMAGED as error:
        raise StoreError(f"what was learned cannot be read from {str(folder)!r}: {cause(error)}") from error
    return learned


def check_array(name: str, array: AnyArray, *shape: int | None, below: int | None = None) -> None:
    """Raises `ValueError` unless an array has this shape (None: any length) and, if `below` is set, ids from 0 to it.

    For `__post_init__` of what is read from files: a wrong size must be told there, not found while tagging.
    """
    fits = array.ndim == len(shape) and all(n is None or n == own for n, own in zip(shape, array.shape, strict=True))
    if not fits:
        raise ValueError(f"{name} has the shape {array.shape}, expected {shape}")
    if below is not None and array.size and not (array.min() >= 0 and array.max() < below):
        raise ValueError(f"{name} has numbers that are not from 0 to {below - 1}")


def _plain(value: object, path: str, arrays: Arrays) -> Json:
    """The JSON of a value; of an array, which is put aside, its path."""
    if isinstance(value, np.ndarray):
        if value.dtype == object:
            return value.tolist()
        arrays[path] = value
        return path
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value) if field.init]
        return {name: _plain(getattr(value, name), _joined(path, name), arrays) for name in fields}
    if isinstance(value, Mapping):
        return {name: _plain(part, _joined(path, name), arrays) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part, _joined(path, number), arrays) for number, part in enumerate(value)]
    return value.item() if isinstance(value, np.generic) else value


def _joined(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


class _Opened(Protocol):
    """An open file of arrays."""

    def get_tensor(self, name: str) -> AnyArray: ...


class _Reader:
    """Makes values of types from JSON and from the arrays of an open file; `unread` are the names not asked for yet."""

    def __init__(self, opened: _Opened, names: set[str]) -> None:
        self._opened, self.unread = opened, names

    def made(self, kind: Hint, value: Json, path: str) -> Hint:
        """The value of a type. Raises `ValueError` or `TypeError` if there is none."""
        origin, arguments = _origin(kind), typing.get_args(kind)
        if origin is Annotated:
            return self.made(arguments[0], value, path)
        if origin in (Union, types.UnionType) and type(None) in arguments:
            rest = [argument for argument in arguments if argument is not type(None)]
            return None if value is None else self.made(rest[0], value, path)
        if origin is np.ndarray:
            return self._array(typing.get_args(arguments[1])[0], value, path)
        if dataclasses.is_dataclass(kind):
            return self._dataclass(kind, value, path)
        if _holds_arrays(kind):
            return self._container(origin, arguments, value, path)
        return msgspec.convert(value, kind)

    def _array(self, kind: Hint, value: Json, path: str) -> AnyArray:
        if kind is np.object_:
            return strings(msgspec.convert(value, list[str]))
        if value != path or path not in self.unread:
            raise ValueError(f"array {path!r} is not there")
        self.unread.discard(path)
        array: AnyArray = self._opened.get_tensor(path)
        if kind is not Hint and array.dtype != np.dtype(kind):
            raise ValueError(f"array {path!r} is of {array.dtype}, expected {np.dtype(kind)}")
        return array

    def _dataclass(self, kind: Hint, value: Json, path: str) -> Hint:
        hints = typing.get_type_hints(kind, include_extras=True)
        fields = {field.name: field for field in dataclasses.fields(kind) if field.init}
        needed = {name for name, field in fields.items() if _is_required(field)}
        if not isinstance(value, dict) or not needed <= set(value) <= set(fields):
            raise ValueError(f"{path or kind.__name__!r} must have the fields {', '.join(fields)}")
        parts = {name: self.made(hints[name], part, _joined(path, name)) for name, part in value.items()}
        return kind(**parts)

    def _container(self, origin: Hint, arguments: tuple[Hint, ...], value: Json, path: str) -> Hint:
        if issubclass(origin, Mapping):
            if not isinstance(value, dict):
                raise TypeError(f"{path!r} must be a mapping")
            return {name: self.made(arguments[1], part, _joined(path, name)) for name, part in value.items()}
        if not isinstance(value, list):
            raise TypeError(f"{path!r} must be a list")
        make = partial(self.made, arguments[0])
        return origin(make(part, _joined(path, number)) for number, part in enumerate(value))


def _is_required(field: dataclasses.Field[Any]) -> bool:
    """Whether a field must be there; one with the metadata `added` may be missing in folders of older versions."""
    return not field.metadata.get("added")


def _holds_arrays(kind: Hint) -> bool:
    """Whether a type is a tuple, list or mapping of arrays or dataclasses."""
    origin, arguments = _origin(kind), typing.get_args(kind)
    if origin is np.ndarray or dataclasses.is_dataclass(kind):
        return True
    return origin is not None and any(_holds_arrays(argument) for argument in arguments if argument is not Ellipsis)


def _origin(kind: Hint) -> Hint:
    """The type without its arguments; None of one that has none."""
    return typing.get_origin(kind)
