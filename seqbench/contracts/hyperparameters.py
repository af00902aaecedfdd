"""Hyperparameters: the keyword fields of a tagger's class, each with a type, a default and a line of doc.

Hyperparameters are read from the class (a dataclass, or any callable with annotated keyword arguments), so that a spec
can set them, a misspelt one is answered with the nearest name, and `seqbench models NAME` can print them.
"""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Annotated, Any

from seqbench.contracts.field_types import conform
from seqbench.errors import UsageError, unknown

REQUIRED = inspect.Parameter.empty


@dataclass(frozen=True)
class Field:
    """A hyperparameter. `default` is `REQUIRED` if there is none; `contents`: the value may name a file that decides.

    `presets`: by value, the values of other fields that it stands for. `range`: the values that a search may choose.
    `continues`: the value names a kept model of the same tagger, whose training goes on.
    """

    name: str
    type: object
    default: object
    doc: str = ""
    contents: bool = False
    presets: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    range: Range | None = None
    continues: Continues | None = None

    @property
    def type_name(self) -> str:
        """Type as a reader would write it."""
        return self.type.__name__ if isinstance(self.type, type) else str(self.type).replace("typing.", "")


def fields_of(factory: Callable[..., object]) -> dict[str, Field]:
    """Hyperparameters of a tagger's class (or factory) by name, in the order of their definition."""
    hints = typing.get_type_hints(factory, include_extras=True) if inspect.isclass(factory) else {}
    if not dataclasses.is_dataclass(factory):
        parameters = inspect.signature(factory, eval_str=True).parameters.values()
        hints = {p.name: p.annotation for p in parameters if p.annotation is not p.empty} | hints
    defaults = _defaults_of(factory)
    return {name: _field(name, hints.get(name, Any), default) for name, default in defaults.items()}


def _defaults_of(factory: Callable[..., object]) -> dict[str, object]:
    if dataclasses.is_dataclass(factory):
        factories = {f.name: f.default_factory for f in dataclasses.fields(factory) if f.init}
        plain = {f.name: f.default for f in dataclasses.fields(factory) if f.init}
        missing = dataclasses.MISSING
        return {
            name: plain[name] if plain[name] is not missing else REQUIRED if make is missing else make()
            for name, make in factories.items()
        }
    keyword = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(factory).parameters.values()
    return {p.name: p.default for p in parameters if p.kind in keyword}


def _field(name: str, hint: object, default: object) -> Field:
    if typing.get_origin(hint) is Annotated:
        kind, *extras = typing.get_args(hint)
        doc = next((e for e in extras if isinstance(e, str)), "")
        presets = next((e.settings for e in extras if isinstance(e, Presets)), {})
        contents = any(isinstance(e, Contents) for e in extras)
        searched = next((e for e in extras if isinstance(e, Range)), None)
        continues = next((e for e in extras if isinstance(e, Continues)), None)
        text = "; ".join([doc, *_preset_texts(presets)])
        return Field(name, kind, default, text, contents, presets, searched, continues)
    return Field(name, hint, default)


def _preset_texts(presets: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Settings of each preset, as a reader would write them."""
    written = {name: ", ".join(f"{field}={value!r}" for field, value in v.items()) for name, v in presets.items()}
    return [f"{name}: {values}" for name, values in written.items()]


def complete(owner: str, fields: Mapping[str, Field], settings: Mapping[str, object]) -> dict[str, object]:
    """Values of all hyperparameters in the order of their definition: the settings, checked, and defaults for the rest.

    A preset is written out: the settings that it stands for are filled in, and its own field has the default. Raises
    `UsageError` if a name is unknown, a value does not fit or one is lacking.
    """
    for name in settings:
        if not fields:
            way = "fields are those of a @dataclass, or the arguments of __init__"
            raise UsageError(f"{owner} has no field {name!r}, nor any other; {way}")
        if name not in fields:
            raise unknown(f"field of {owner}", name, fields, listed="Fields")
    plain = _without_presets(owner, fields, settings)
    values = {}
    for name, known in fields.items():
        if name not in plain and known.default is REQUIRED:
            message = f"{owner} needs a value for {name!r}: {owner}({name}=...)"
            raise UsageError(message)
        values[name] = _checked(owner, known, plain[name]) if name in plain else known.default
    return values


def _without_presets(owner: str, fields: Mapping[str, Field], settings: Mapping[str, object]) -> dict[str, object]:
    """Settings with each preset replaced by the values that it stands for; a setting beside a preset wins."""
    chosen = {name: _checked(owner, fields[name], value) for name, value in settings.items() if fields[name].presets}
    plain = {name: value for name, value in settings.items() if name not in chosen}
    for name, value in chosen.items():
        plain = {**fields[name].presets.get(str(value), {}), **plain}
    return plain


def _checked(owner: str, field: Field, value: object) -> object:
    try:
        return conform(value, field.type)
    except TypeError as error:
        message = f"field {field.name!r} of {owner} must be {field.type_name}, was: {value!r}"
        raise UsageError(message) from error


@dataclass(frozen=True)
class Contents:
    """Marks a hyperparameter that may name a file or folder, whose contents are then part of a trial's key.

    `vectors: Annotated[str, "file of word vectors", Contents()] = ""`. A value that names no file on this machine is a
    text like any other.
    """


@dataclass(frozen=True)
class Continues:
    """Marks a hyperparameter that names the folder of a kept model of the same tagger, with which training begins.

    `free` are the hyperparameters that may have other values than in that model, as patterns (`"*dropout"`); a spec
    with another value of any other one is refused before anything is trained.
    """

    free: tuple[str, ...] = ()

    def bind(self, name: str) -> bool:
        """Whether a hyperparameter must have the value that it has in the kept model."""
        return not any(fnmatchcase(name, pattern) for pattern in self.free)


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
    written out by the settings (a field that is set beside a preset wins), and the tagger is built with the default of
    the preset's own field.
    """

    settings: Mapping[str, Mapping[str, object]]
