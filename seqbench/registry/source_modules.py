"""Modules located by name, with the bytes of their files: nothing is imported or executed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any, NamedTuple

Folders = tuple[str, ...]


class SourceModule(NamedTuple):
    """Module by its full name. `origin` is its file, None for a folder that has none; `folders` are those of a package.

    The `origin` of a module in an archive begins with the archive's path, and its `loader` gives the bytes.
    """

    name: str
    origin: Path | None
    folders: Folders | None = None
    loader: Any = None

    @property
    def package(self) -> str:
        """Package that relative imports of this module start from."""
        return self.name if self.folders is not None else self.name.rpartition(".")[0]

    @property
    def path(self) -> str:
        """Path of the file below the folder that holds the outermost package: `package/part/module.py`."""
        folder = self.package.replace(".", "/")
        return f"{folder}/{self.origin.name}".lstrip("/") if self.origin else folder

    def content(self) -> bytes | None:
        """Bytes of the file, source or compiled; None if neither the disk nor the loader has them."""
        with suppress(OSError, AttributeError):
            if self.origin is not None:
                return self.origin.read_bytes() if self.origin.is_file() else self.loader.get_data(str(self.origin))
        return None


def find(name: str, parent: SourceModule | None = None, beside: Path | None = None) -> SourceModule | None:
    """Module of this full name inside its parent; None if there is none, or if it is Python's own.

    Modules are located as an import would, outermost ones first in the folder `beside` a plugin file, if there is one.
    """
    if parent is None:
        spec = None if name in sys.stdlib_module_names else _outermost(name, beside)
        return _module(name, spec) if spec else None
    if parent.folders is None:
        return None
    spec = _spec(name, parent.folders, loaded=True)
    return _module(name, spec) if spec else _plain_folder(name, parent.folders)


def exists(name: str) -> bool:
    """Whether an import of this module would locate it, as far as that can be told without importing anything."""
    return bool(existing([name]))


def existing(names: Iterable[str]) -> set[str]:
    """Modules of these names that an import would locate; packages that several of them share are located once."""
    located: dict[str, SourceModule | None] = {}
    return {name for name in names if _is_there(name) or _located(name, located)}


def _is_there(name: str) -> bool:
    return name in sys.modules or name.partition(".")[0] in sys.stdlib_module_names


def _located(name: str, located: dict[str, SourceModule | None]) -> SourceModule | None:
    """Module of this name, located inside its parent, which is kept in `located` for the next one."""
    if name not in located:
        outer = name.rpartition(".")[0]
        parent = _located(outer, located) if outer else None
        located[name] = None if outer and parent is None else find(name, parent)
    return located[name]


def _outermost(name: str, beside: Path | None) -> ModuleSpec | None:
    if beside is not None and (spec := PathFinder.find_spec(name, [str(beside)])):
        return spec
    return _spec(name, None, loaded=beside is None)


def _spec(name: str, folders: Folders | None, *, loaded: bool) -> ModuleSpec | None:
    """Spec of a module that is imported already, else the answer of the first finder that has one."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    if loaded and isinstance(spec, ModuleSpec):
        return spec
    for finder in sys.meta_path:
        with suppress(AttributeError, ImportError, KeyError):  # a finder of old; a folder in a parent not yet imported
            if spec := finder.find_spec(name, folders):
                return spec
    return None


def _module(name: str, spec: ModuleSpec) -> SourceModule:
    origin = Path(spec.origin) if spec.has_location and spec.origin else None
    folders = getattr(sys.modules.get(name), "__path__", spec.submodule_search_locations)
    return SourceModule(name, origin, None if folders is None else tuple(folders), spec.loader)


def _plain_folder(name: str, folders: Sequence[str]) -> SourceModule | None:
    """Folder without `__init__.py` inside a package, which an import takes for a package too."""
    paths = [Path(folder, name.rpartition(".")[2]) for folder in folders]
    existing = tuple(str(path) for path in paths if path.is_dir())
    return SourceModule(name, None, existing) if existing else None
