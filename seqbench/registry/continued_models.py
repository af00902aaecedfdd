"""Models whose training begins with a kept one: refused where the kept one is another tagger, or has other fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from seqbench.contracts.hyperparameters import Field
from seqbench.data.regular_files import opened
from seqbench.errors import UsageError
from seqbench.registry.specs import Spec, parse

RECORD = "model.json"
"""The file in the folder of a kept model that says what the model is."""
_LARGEST_RECORD = 1 << 26


class _Kept(msgspec.Struct):
    """Part that is read of the record of a kept model."""

    spec: str


def refuse_others(spec: Spec, known: Mapping[str, Field], fields: Mapping[str, object]) -> None:
    """Raises `UsageError` if a model begins with a kept one of another tagger, or with another value of a field.

    `known` are the hyperparameters of the model's tagger, `fields` their values.
    """
    for name, field in known.items():
        folder = fields[name]
        if field.continues and isinstance(folder, str) and folder:
            kept = _kept_spec(spec.label, name, folder)
            for difference in _differences(spec, kept, known, fields, name):
                raise UsageError(f"{spec.label}: {name}={folder!r} is a model with {difference}")


def _differences(
    spec: Spec, kept: Spec, known: Mapping[str, Field], fields: Mapping[str, object], continued: str
) -> Iterator[str]:
    """Sentences on what differs and must not, each with both values and the way out."""
    if kept.name != spec.name:
        yield f"the tagger {kept.name!r}, and this one is {spec.name!r}; write {kept.name}({continued}=...)"
    bound = [name for name in known if name != continued and (c := known[continued].continues) and c.bind(name)]
    for name in bound:
        before, now = kept.fields.get(name, known[name].default), fields[name]
        if _compared(before, known[name]) != _compared(now, known[name]):
            yield f"{name}={before!r}, and this one has {name}={now!r}; set {name}={before!r}, or leave {continued} out"


def _compared(value: object, field: Field) -> str:
    """A value as it is compared: of a path its last part, since folders are named from elsewhere in a record."""
    return Path(value).name if field.contents and isinstance(value, str) else repr(value)


def _kept_spec(label: str, name: str, folder: str) -> Spec:
    """The spec of a kept model. Raises `UsageError` if the folder holds none."""
    path = Path(folder) / RECORD
    try:
        with opened(path) as file:
            content = file.read(_LARGEST_RECORD)
        return parse(msgspec.json.decode(content, type=_Kept).spec)
    except FileNotFoundError as error:
        way_out = "'seqbench run --keep best' and 'seqbench train' make one"
        raise UsageError(f"{label}: {name}={folder!r} is no kept model: it has no {RECORD}; {way_out}") from error
    except (OSError, ValueError, UsageError) as error:
        raise UsageError(f"{label}: {name}={folder!r} is no kept model: {RECORD} cannot be read: {error}") from error
