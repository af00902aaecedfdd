"""Owners of code: modules that belong to the distribution, or lie beside the file, that a plugin comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from seqbench.registry.entries import Plugin
from seqbench.registry.source_modules import SourceModule

Owned = Callable[[SourceModule], bool]
_CORE = "seqbench"
_INSTALLED = frozenset({"site-packages", "dist-packages"})


def is_core(module: SourceModule) -> bool:
    """Whether a module is part of the package `seqbench`."""
    return _outermost(module) == _CORE


def owned_by(plugin: Plugin, module: str) -> Owned:
    """Test of whether a module is a plugin's own; without a distribution it owns the outermost package of `module`."""
    if plugin.file is not None:
        return _beside(plugin.file.parent)
    outermost = (plugin.module or module).partition(".")[0]
    if plugin.distribution is not None:
        with suppress(PackageNotFoundError):
            return _of_distribution(distribution(plugin.distribution), outermost)
    return lambda candidate: _outermost(candidate) == outermost


def project_of(name: str | None) -> Path | None:
    """Folder of the project of an editable distribution, None for any other."""
    try:
        return _project(distribution(name)) if name else None
    except PackageNotFoundError:
        return None


def _beside(folder: Path) -> Owned:
    """Test of modules that lie in a folder, unless Python or seqbench has one of that name."""
    others = {_CORE, *sys.stdlib_module_names}
    return lambda module: _outermost(module) not in others and _lies_in(folder, module)


def _of_distribution(installed: Distribution, outermost: str) -> Owned:
    """Test of modules whose files an installation lists; an editable one lists none and owns its project's folder."""
    project, packages = _project(installed), {outermost, installed.name.replace("-", "_")}
    if project is not None:
        return lambda module: (
            not _is_installed(module) and (_outermost(module) in packages or _lies_in(project, module))
        )
    listed = frozenset(str(file) for file in installed.files or ())
    return lambda module: module.path in listed or (not listed and _outermost(module) in packages)


def _project(installed: Distribution) -> Path | None:
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        return None
    return Path(url2pathname(urlsplit(origin["url"]).path))


def _outermost(module: SourceModule) -> str:
    return module.name.partition(".")[0]


def _is_installed(module: SourceModule) -> bool:
    return module.origin is not None and not _INSTALLED.isdisjoint(module.origin.parts)


def _lies_in(folder: Path, module: SourceModule) -> bool:
    return module.origin is not None and module.origin.resolve().is_relative_to(folder.resolve())
