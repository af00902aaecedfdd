"""Plugins that are single Python files: told apart by their paths, and imported."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from types import ModuleType

from seqbench.errors import PluginError


def files_of(plugins: str | Path | Sequence[str | Path]) -> list[Path]:
    """The plugin files of a call from Python, where a single one needs no list."""
    return [Path(file) for file in ([plugins] if isinstance(plugins, str | Path) else plugins)]


def name_of(file: Path, taken: Collection[str]) -> str:
    """The name of a plugin file: its own, with as many of its folders before it as tell it from the names taken."""
    parts = [*file.parts[1:-1], file.stem]
    names = ["/".join(parts[start:]) for start in range(len(parts) - 1, -1, -1)]
    return next((name for name in names if name not in taken), str(file))


def import_file(path: Path) -> ModuleType:
    """The module of a file, named by its whole path. Raises what the file raises, `PluginError` if it is no Python."""
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:8]  # two files of one name are two modules
    name = f"seqbench_file_{path.stem}_{digest}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PluginError("a plugin file must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def installed() -> set[str]:
    """The names of all installed plugins."""
    from importlib.metadata import entry_points

    return set(entry_points(group="seqbench").names)
