"""Reporters, which hear the events of a run and pass them on, to a tracker for instance."""

from __future__ import annotations

from seqbench.contracts.hyperparameters import complete, fields_of
from seqbench.errors import UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import parse


def attach(registry: Registry, text: str) -> None:
    """Let the reporter of a spec hear all events from now on: `tracker`, `tracker(folder="here")`.

    Raises `UsageError` if no reporter has this name, a field does not fit, or a package that it needs is missing.
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
