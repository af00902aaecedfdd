"""Reporters hear the events of a run and pass them on, to a tracker for instance; a spec names and sets one."""

from __future__ import annotations

from seqbench.contracts.hyperparameters import complete, fields_of
from seqbench.errors import UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import parse


def attach(registry: Registry, text: str) -> None:
    """Let a registered reporter hear all that happens from now on: `tracker`, `tracker(folder="here")`.

    `UsageError` where there is none of this name, a field does not fit, or something that it needs is not installed.
    """
    spec = parse(text)
    if spec.name not in registry.reporters:
        raise unknown("reporter", spec.name, registry.reporters)
    kind = registry.reporters[spec.name].load()
    try:
        reporter = kind(**complete(spec.name, fields_of(kind), spec.fields))
    except (ImportError, ValueError) as error:
        raise UsageError(f"reporter {spec.name!r} cannot be used: {error}") from error
    registry.add(reporter, f"reporter {spec.label}")
