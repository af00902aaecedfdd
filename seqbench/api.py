"""A whole comparison from Python: `seqbench.run(models={"mine": MyTagger, "baseline": "baseline"}, data=..., seeds=3)`.

Taggers that are handed over as factories exist in this process only, so that all trials of such a run are done in it.
"""

from __future__ import annotations

import secrets
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, cast

from seqbench.contracts.hooks import Register, hookimpl
from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.contracts.tagger import Tagger
from seqbench.data.dataset import Dataset
from seqbench.errors import SeqbenchError, UsageError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Loss
from seqbench.registry.models import Model, resolve
from seqbench.registry.reporters import attach
from seqbench.registry.specs import Spec, parse, split, written
from seqbench.results.rows import Results, read
from seqbench.results.store import Store
from seqbench.running import devices, runner
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.plan import Plan

Factory: TypeAlias = Callable[[], Tagger]
Models: TypeAlias = str | Iterable[str] | Mapping[str, str | Factory]
Data: TypeAlias = str | Path | Dataset
_NAME = "handed over"


class Rows(list[dict[str, Any]]):
    """One flat dict for each dataset and model, as `pandas.DataFrame(rows)` takes them; printed, they are a table.

    Scores are fractions of 1, means over seeds with `..._std` beside them. `results` holds all that was found,
    `folder` is where the run lies.
    """

    def __init__(self, store: Store) -> None:
        from seqbench.reporting.result_tables import flat

        self.folder = store.folder
        self._store = store
        super().__init__(flat(row, self.results.name(row), absent=None) for row in self.results.rows)

    @cached_property
    def results(self) -> Results:
        """Everything by seed, with failures and notes."""
        return read([self._store])

    def __str__(self) -> str:
        return self._as("table")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self._as("html")

    def _as(self, form: str) -> str:
        from seqbench.reporting.result_tables import summary

        return summary(self.results, form)


def run(  # noqa: PLR0913 -- each is named where it is passed, and few are
    *,
    models: Models | None = None,
    data: Data | Sequence[Data] | None = None,
    seeds: int = 1,
    device: str = "auto",
    threads: int = 1,
    plugins: Sequence[str | Path] = (),
    listeners: Sequence[object] = (),
    out: str | Path | None = None,
) -> Rows:
    """Train and compare models; the rows of the results, and a run's folder as the command line leaves it.

    `models`: specs, or by label specs and factories (a class, or `lambda: MyTagger(length=2)`), which are called once a
    trial, in this process; their trials are never taken from an earlier run. `data`: names or paths as for `--data`, or
    `seqbench.Dataset`. `listeners` are specs of reporters, and objects with hooks for the events of the run. `out` is
    the run's folder, else `runs/<date>-<id>`. A failed trial does not raise: it is in the rows. `UsageError` for what
    does not fit together.
    """
    registry = Registry.discover([Path(file) for file in plugins], _warn)
    datasets = _datasets(data, registry)
    chosen = _models(models, registry)
    for number, listener in enumerate(listeners, start=1):
        if isinstance(listener, str):
            attach(registry, listener)
        else:
            registry.add(listener, f"listener {number}")
    store = Store.create(Path(out or Path("runs") / f"{datetime.now().astimezone():%Y-%m-%d}-{secrets.token_hex(3)}"))
    files = [Path(file).resolve() for file in plugins]
    plan = Plan(datasets, chosen, seeds, devices.resolve(device), threads, files, sys.argv)
    runner.run(plan, registry, store, _ignore, executor_for(Ways(), registry, datasets, [m.spec for m in chosen]))
    return Rows(store)


def _warn(loss: Loss) -> None:
    if not loss.plugin.once:  # of what was handed over, an error tells
        warnings.warn(str(loss), stacklevel=2)


def _ignore(_note: str) -> None:
    """What the command line would tell on the way stands below the table, or in the rows."""


def _datasets(data: Data | Sequence[Data] | None, registry: Registry) -> list[Dataset]:
    if data is None:
        data = [entry.name for entry in registry.datasets.values() if entry.default]
    listed = [data] if isinstance(data, str | Path | Dataset) else list(data)
    if not listed:
        raise SeqbenchError("no dataset is registered as default; name one: seqbench.run(data=...)")
    return [one if isinstance(one, Dataset) else load(str(one), registry) for one in listed]


def _models(models: Models | None, registry: Registry) -> list[Model]:
    if models is None:
        models = [entry.name for entry in registry.taggers.values() if entry.default]
    if isinstance(models, Mapping):
        factories = {label: thing for label, thing in models.items() if not isinstance(thing, str)}
        _hand_over({label: _factory(label, thing) for label, thing in factories.items()}, registry)
        specs = [_labelled(label, label if label in factories else str(thing)) for label, thing in models.items()]
    else:
        specs = [parse(text) for listed in ([models] if isinstance(models, str) else models) for text in split(listed)]
    labels = [spec.label for spec in specs]
    if len(set(labels)) < len(labels):
        raise UsageError(f"a label is used twice: {', '.join(labels)}; give each model another")
    return [resolve(registry, spec) for spec in specs]


def _labelled(label: str, text: str) -> Spec:
    spec = parse(text)
    return Spec(label, spec.name, spec.fields)


def _factory(label: str, thing: Any) -> Factory:
    """Something to call for a new tagger; `UsageError` for a tagger itself, which could not be made anew."""
    kind = getattr(thing, "__name__", type(thing).__name__)
    if not callable(thing):
        raise UsageError(f"model {label!r} must be a class or another factory: write lambda: {kind}(...)")
    try:
        defaults = {name: field.default for name, field in fields_of(thing).items()}
    except (TypeError, ValueError, NameError):  # a callable that does not tell its arguments
        defaults = {label: thing}
    if REQUIRED in defaults.values():
        raise UsageError(f"model {label!r} must need no arguments: write lambda: {kind}(...)")
    return cast("Factory", thing) if _can_be_written(defaults) else lambda *_: cast("Tagger", thing())


def _can_be_written(fields: Mapping[str, Any]) -> bool:
    """Whether a spec can hold these values."""
    try:
        return parse(written("_", fields)).fields == fields
    except UsageError:
        return False


def _hand_over(factories: Mapping[str, Factory], registry: Registry) -> None:
    class HandedOver:
        @hookimpl
        def register_taggers(self, register: Register) -> None:
            for label, factory in factories.items():
                register(label, factory, "handed over in Python")

    if factories:
        before = len(registry.losses)
        registry.add(HandedOver(), _NAME, once=secrets.token_hex(6))
        for loss in registry.losses[before:]:
            raise UsageError(f"these models cannot be used: {loss.reason}")
