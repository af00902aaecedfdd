"""Values as the types of fields want them: checked, and converted where Python reads them so."""

from __future__ import annotations

import inspect
import types
import typing
from typing import Annotated, Any, Literal, Union


def conform(value: object, kind: object) -> object:  # noqa: PLR0911 -- one return for each kind of type
    """Value as a type wants it: an int becomes a float where one is due. Raises `TypeError` if it does not fit."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return value
    if origin is Annotated:
        return conform(value, arguments[0])
    if origin in (Union, types.UnionType):
        return _first_fit(value, arguments)
    if origin is Literal:
        return _require(value, fits=any(value == a and type(value) is type(a) for a in arguments))
    if kind is float:
        return _float(value)
    if kind is int:
        return _require(value, fits=isinstance(value, int) and not isinstance(value, bool))
    if kind is None or kind is type(None):
        return _require(value, fits=value is None)
    if inspect.isclass(origin) and issubclass(origin, list | tuple):
        return _conform_items(value, origin, arguments)
    outer = origin or kind
    return _require(value, fits=not inspect.isclass(outer) or isinstance(value, outer))


def _float(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(value)
    return float(value)


def _conform_items(value: object, origin: type, arguments: tuple[object, ...]) -> object:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    kinds = [k for k in arguments if k is not Ellipsis]
    if len(kinds) == 1:
        return origin(conform(item, kinds[0]) for item in value)
    _require(value, fits=len(kinds) == len(value))
    return origin(conform(item, k) for item, k in zip(value, kinds, strict=True))


def _first_fit(value: object, kinds: tuple[object, ...]) -> object:
    for kind in sorted(kinds, key=lambda k: k is not type(value)):
        try:
            return conform(value, kind)
        except TypeError:
            continue
    raise TypeError(value)


def _require(value: object, *, fits: bool) -> object:
    if not fits:
        raise TypeError(value)
    return value
