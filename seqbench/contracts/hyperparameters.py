"""Hyperparameters: the keyword fields of a tagger's class, each with a type, a default and a line of doc.

They are read from the class (a dataclass, or any callable with annotated keyword arguments), so that a spec can set
them, a misspelt one is answered with the nearest name, and `seqbench models NAME` can print them.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union

from seqbench.errors import UsageError, unknown

REQUIRED = inspect.Parameter.empty


@dataclass(frozen=True)
class Field:
    """One hyperparameter. `default` is `REQUIRED` where there is none; `contents`: it may name a file that decides.

    `presets`: the values of other fields that its own values stand for. `range`: what a search may set it to.
    """

    name: str
    type: Any
    default: Any
    doc: str = ""
    contents: bool = False
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    range: Range | None = None

    @property
    def type_name(self) -> str:
        """The type as a reader would write it."""
        return self.type.__name__ if isinstance(self.type, type) else str(self.type).replace("typing.", "")


def fields_of(factory: Callable[..., Any]) -> dict[str, Field]:
    """The hyperparameters of a tagger's class (or factory), by name, in the order of their definition."""
    hints = typing.get_type_hints(factory, include_extras=True) if inspect.isclass(factory) else {}
    if not dataclasses.is_dataclass(factory):
        parameters = inspect.signature(factory, eval_str=True).parameters.values()
        hints = {p.name: p.annotation for p in parameters if p.annotation is not p.empty} | hints
    defaults = _defaults_of(factory)
    return {name: _field(name, hints.get(name, Any), default) for name, default in defaults.items()}


def _defaults_of(factory: Callable[..., Any]) -> dict[str, Any]:
    if dataclasses.is_dataclass(factory):
        made = {f.name: f.default_factory for f in dataclasses.fields(factory) if f.init}
        plain = {f.name: f.default for f in dataclasses.fields(factory) if f.init}
        missing = dataclasses.MISSING
        return {
            name: plain[name] if plain[name] is not missing else REQUIRED if make is missing else make()
            for name, make in made.items()
        }
    keyword = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(factory).parameters.values()
    return {p.name: p.default for p in parameters if p.kind in keyword}


def _field(name: str, hint: Any, default: Any) -> Field:
    if typing.get_origin(hint) is Annotated:
        kind, *extras = typing.get_args(hint)
        doc = next((e for e in extras if isinstance(e, str)), "")
        presets = next((e.settings for e in extras if isinstance(e, Presets)), {})
        contents = any(isinstance(e, Contents) for e in extras)
        searched = next((e for e in extras if isinstance(e, Range)), None)
        return Field(name, kind, default, "; ".join([doc, *_told(presets)]), contents, presets, searched)
    return Field(name, hint, default)


def _told(presets: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What each preset stands for, as a reader would write it."""
    written = {name: ", ".join(f"{field}={value!r}" for field, value in v.items()) for name, v in presets.items()}
    return [f"{name}: {values}" for name, values in written.items()]


def complete(owner: str, fields: Mapping[str, Field], given: Mapping[str, Any]) -> dict[str, Any]:
    """All hyperparameters in the order of their definition: the given values, checked, and defaults for the rest.

    A preset is written out: what it stands for is filled in, and its own field has the default.
    """
    for name in given:
        if name not in fields:
            raise unknown(f"field of {owner}", name, fields, listed="Fields")
    given = _without_presets(owner, fields, given)
    values = {}
    for name, known in fields.items():
        if name not in given and known.default is REQUIRED:
            message = f"{owner} needs a value for {name!r}: {owner}({name}=...)"
            raise UsageError(message)
        values[name] = _checked(owner, known, given[name]) if name in given else known.default
    return values


def _without_presets(owner: str, fields: Mapping[str, Field], given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values with those that a preset stands for in its place; what is given beside it wins."""
    chosen = {name: _checked(owner, fields[name], value) for name, value in given.items() if fields[name].presets}
    plain = {name: value for name, value in given.items() if name not in chosen}
    for name, value in chosen.items():
        plain = {**fields[name].presets.get(value, {}), **plain}
    return plain


def _checked(owner: str, field: Field, value: Any) -> Any:
    try:
        return conform(value, field.type)
    except TypeError as error:
        message = f"field {field.name!r} of {owner} must be {field.type_name}, was: {value!r}"
        raise UsageError(message) from error


def conform(value: Any, kind: Any) -> Any:  # noqa: PLR0911 -- one return for each kind of type
    """The value as the type wants it (an int where a float is due becomes one); `TypeError` where it does not fit."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return value
    if origin is Annotated:
        return conform(value, arguments[0])
    if origin in (Union, types.UnionType):
        return _first_fit(value, arguments)
    if origin is Literal:
        return _require(value, any(value == a and type(value) is type(a) for a in arguments))
    if kind is float:
        return float(_require(value, isinstance(value, int | float) and not isinstance(value, bool)))
    if kind is int:
        return _require(value, isinstance(value, int) and not isinstance(value, bool))
    if kind is None or kind is type(None):
        return _require(value, value is None)
    if inspect.isclass(origin) and issubclass(origin, list | tuple):
        return _conform_items(value, origin, arguments)
    wanted = origin or kind
    return _require(value, not inspect.isclass(wanted) or isinstance(value, wanted))


def _conform_items(value: Any, origin: type, arguments: tuple[Any, ...]) -> Any:
    _require(value, isinstance(value, list | tuple))
    kinds = [k for k in arguments if k is not Ellipsis]
    if len(kinds) == 1:
        return origin(conform(item, kinds[0]) for item in value)
    _require(value, len(kinds) == len(value))
    return origin(conform(item, k) for item, k in zip(value, kinds, strict=True))


def _first_fit(value: Any, kinds: tuple[Any, ...]) -> Any:
    for kind in sorted(kinds, key=lambda k: k is not type(value)):
        try:
            return conform(value, kind)
        except TypeError:
            continue
    raise TypeError(value)


def _require(value: Any, fits: bool) -> Any:  # noqa: FBT001 -- the answer to a question, not a switch
    if not fits:
        raise TypeError(value)
    return value


@dataclass(frozen=True)
class Contents:
    """Marks a hyperparameter that may name a file or folder: what that holds is part of a trial's key.

    `vectors: Annotated[str, "file of word vectors", Contents()] = ""`. What names no file on this machine counts as a
    text like any other.
    """


@dataclass(frozen=True)
class Range:
    """Marks a hyperparameter that may be searched: from `low` to `high`, evenly or on a logarithmic scale.

    `rate: Annotated[float, "learning rate", Range(1e-4, 1e-1, log=True)] = 1e-2`. Two whole numbers give whole numbers;
    `Range(choices=("adam", "sgd"))` lists values that have no order.
    """

    low: float = 0
    high: float = 0
    log: bool = False
    choices: tuple[str | int | float | bool | None, ...] = ()

    def __post_init__(self) -> None:
        if not self.choices and (self.low >= self.high or (self.log and self.low <= 0)):
            least = "above 0 and " if self.log else ""
            raise ValueError(f"a range goes from low, {least}below high, to high; was: {self.low} to {self.high}")


@dataclass(frozen=True)
class Presets:
    """Marks a hyperparameter whose values stand for values of others: `settings` by name.

    `preset: Annotated[Literal["", "wide"], "named settings", Presets({"wide": {"hidden": 512}})] = ""`. A spec is
    written out by them (what is given beside a preset wins), and the tagger is built with the default in its place.
    """

    settings: Mapping[str, Mapping[str, Any]]
