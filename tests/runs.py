"""Small runs made in this process, without files of plugins: quick, and the same code as behind the commands."""

from __future__ import annotations

from pathlib import Path

from samples import dataset

from seqbench import Dataset, hookimpl
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run


class Things:
    """A plugin of these taggers and metrics."""

    def __init__(self, taggers, metrics):
        self.taggers, self.metrics = taggers, metrics

    @hookimpl
    def register_taggers(self, register):
        for name, tagger in self.taggers.items():
            register(name, tagger, "")

    @hookimpl
    def register_metrics(self, register):
        for name, metric in self.metrics.items():
            register(name, metric, f"what {name} says")


def registry_of(*, metrics=None, **taggers) -> Registry:
    """A registry of these things and no others."""
    registry = Registry()
    registry.add(Things(taggers, metrics or {}), "samples")
    return registry


def plan_of(registry: Registry, *specs: str, seeds: int = 1, data: Dataset | None = None, **further) -> Plan:
    """The plan of these models on one small dataset."""
    return Plan([data or dataset()], [resolve(registry, parse(spec)) for spec in specs], seeds, **further)


def run_of(folder: Path, registry: Registry, *specs: str, seeds: int = 1, data: Dataset | None = None) -> Store:
    """The finished run of these models in a folder."""
    store = Store.create(folder)
    run(plan_of(registry, *specs, seeds=seeds, data=data), registry, store, lambda _note: None)
    return store
