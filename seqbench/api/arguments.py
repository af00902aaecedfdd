"""Arguments as people write them in Python, made into what a request holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from seqbench.contracts.quantities import bytes_of, seconds_of
from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.registry.handed_over_taggers import Factory, hand_over, refuse_estimator
from seqbench.registry.specs import Spec, parse
from seqbench.reporting.added_rows import Beside

Models: TypeAlias = str | Iterable[str] | Mapping[str, str | Factory]
Data: TypeAlias = str | Path | Dataset


def refuse_unknown(function: str, options: Iterable[str], known: Iterable[str]) -> None:
    """Raises `UsageError` for an option that a function of seqbench does not have, with the nearest one."""
    names = sorted(known)
    for option in options:
        if option not in names:
            raise unknown(f"option of seqbench.{function}", option, names, listed="Options")


def texts_of(things: str | Path | Sequence[str | Path]) -> list[str]:
    """One name or path, or several, as texts."""
    return [str(thing) for thing in ([things] if isinstance(things, str | Path) else things)]


def seconds_limit(budget: float | str | None) -> float | None:
    """Seconds of training that a model may take: a number, or a text such as "5m"."""
    return seconds_of(budget, "budget") if isinstance(budget, str) else budget


def bytes_limit(memory: int | str | None) -> int | None:
    """Bytes that a trial may take: a number, or a text such as "2G"."""
    return bytes_of(memory, "memory") if isinstance(memory, str) else memory


def beside_of(beside: str | Path | Sequence[str | Path]) -> Beside:
    """Results to show beside the rows: "published", the file of a table of scores, or both."""
    return Beside.of([beside] if isinstance(beside, str | Path) else beside)


def data_of(data: Data | Sequence[Data] | None) -> list[str | Dataset]:
    """One dataset or several, each a dataset, or a text as for `--data`."""
    listed = [] if data is None else [data] if isinstance(data, str | Path | Dataset) else list(data)
    return [part if isinstance(part, Dataset) else str(part) for part in listed]


def settings_of(settings: Mapping[str, object] | Sequence[str]) -> list[str]:
    """Settings as texts LABEL.FIELD=VALUE."""
    if isinstance(settings, Mapping):
        return [f"{name}={value!r}" for name, value in settings.items()]
    return list(settings)


def specs_of(models: Models | None, registry: Registry) -> list[str | Spec]:
    """Specs of models; factories are handed over to the registry. Raises `UsageError` for what is neither."""
    if models is None:
        return []
    if isinstance(models, Mapping):
        factories = {label: thing for label, thing in models.items() if not isinstance(thing, str)}
        specs = hand_over(factories, registry)
        return [specs.get(label) or _labelled(label, str(thing)) for label, thing in models.items()]
    listed: list[object] = [models] if isinstance(models, str) or not isinstance(models, Iterable) else list(models)
    for thing in listed:
        if not isinstance(thing, str):
            refuse_estimator(type(thing).__name__, thing)
            raise UsageError(f"models are specs, or a mapping of labels to specs and factories; was: {thing!r}")
    return [str(spec) for spec in listed]


def _labelled(label: str, text: str) -> Spec:
    spec = parse(text)
    return Spec(label, spec.name, spec.fields)
