"""Descriptions of plugin files and models by a worker: plain data, so that the run loads no stranger's code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from seqbench.errors import PluginError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import reason
from seqbench.registry.models import Model, resolve
from seqbench.registry.specs import parse
from seqbench.running.executors.messages import Message


def described(describe: Callable[[], Message]) -> Message:
    """Result of `describe`; faults of the user as `refused`, faults of a plugin as `lost`."""
    try:
        return {"say": "found", **describe()}
    except UsageError as error:
        return {"say": "found", "refused": str(error)}
    except BaseException as error:  # noqa: BLE001 -- in a process of its own nothing else can be interrupted
        return {"say": "found", "lost": reason(error)}


def plugin_file(registry: Registry, file: Path) -> Message:
    """The taggers (name, summary, whether it is a default) of a file, and whether it is `more` than taggers."""
    registry.add_file(file)
    for loss in registry.losses:
        if loss.entry is None:
            raise PluginError(loss.reason)
    plugin = registry.plugin_from(file)
    lost = [loss.entry for loss in registry.losses if loss.entry and loss.entry.kind == "tagger"]  # their trials tell
    ours = [entry for entry in [*registry.taggers.values(), *lost] if entry.plugin == plugin]
    more = registry.hooks_of(plugin.name) - {"register_taggers"} if plugin else set()
    return {"taggers": [[entry.name, entry.summary, entry.default] for entry in ours], "more": bool(more)}


def model(registry: Registry, spec: str) -> Message:
    """Fields of `seqbench.registry.models.Model` beside the class."""
    return _model(resolve(registry, parse(spec)))


def _model(model: Model) -> Message:
    files = {name: str(path) for name, path in model.files.items()}
    parts = [_model(part) for part in model.parts]
    ranges = {name: asdict(searched) for name, searched in model.ranges.items()}
    about = {"spec": model.spec, "deterministic": model.deterministic, "files": files, "uses_device": model.uses_device}
    return {**about, "parts": parts, "ranges": ranges, "sight": model.sight}
