"""Code that decides a tagger's results, as hashes: its own module, its imports, and seqbench's contracts.

Files count by their path from the package root, so that the same code has the same hashes wherever it is installed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pkgutil import iter_modules
from typing import Any

from seqbench import contracts
from seqbench.registry.code_owners import is_core, owned_by
from seqbench.registry.entries import Entry, Loss, Plugin
from seqbench.registry.imported_files import ImportedFiles
from seqbench.registry.source_modules import SourceModule

_DOORS = ("seqbench/__init__.py", "seqbench/version.py")  # pass names on, and decide nothing


def code_of(entry: Entry) -> dict[str, Any]:
    """Code of a registered tagger, which decides its results beside its spec: distribution, version, hashes of files.

    `sha256` has one hash each for the tagger's module (or plugin file), for what the module imports of its distribution
    (or of the plugin file's folder), and for the contracts. `missing` names modules that could not be read or found.
    """
    plugin = entry.plugin
    if plugin.once:
        return {"once": plugin.once}
    modules = [plugin.file.name] if plugin.file else _modules(entry)
    own, reached = _reached(plugin, modules)
    hashes = _hashes(own, reached.files, _contracts())
    code = {"distribution": plugin.distribution, "version": plugin.version, "module": ", ".join(modules)}
    return {**code, "sha256": hashes, **({"missing": sorted(reached.missing)} if reached.missing else {})}


def _modules(entry: Entry) -> list[str]:
    """Names of the modules that a tagger comes from: an object was made in the module of its plugin."""
    if entry.module is not None:
        return [entry.module]
    thing = entry.thing
    while isinstance(thing, partial):
        thing = thing.func
    home = None if isinstance(thing, Loss) else getattr(thing, "__module__", None)
    return list(dict.fromkeys(name for name in (home, entry.plugin.module) if name)) or [entry.plugin.name]


def _reached(plugin: Plugin, modules: Sequence[str]) -> tuple[set[str], ImportedFiles]:
    """Paths of a tagger's modules, or of its plugin file, and all files that these lead to."""
    reached = ImportedFiles(owned_by(plugin, modules[0]), plugin.file.parent if plugin.file else None)
    if plugin.file:
        return {reached.add(SourceModule(plugin.file.stem, plugin.file))}, reached
    return {reached.add_named(name) for name in modules}, reached


def _hashes(own: Collection[str], files: Mapping[str, str], contract: Mapping[str, str]) -> dict[str, str]:
    """Hashes of a tagger's modules, of other files that are no contract's, and of the contracts."""
    others = {path: digest for path, digest in files.items() if path not in own and path not in contract}
    return {
        "module": _hash({path: digest for path, digest in files.items() if path in own}),
        "imports": _hash(others),
        "contracts": _hash(contract),
    }


def _contracts() -> Mapping[str, str]:
    """SHA-256 of each file of the contracts and of their imports inside seqbench, by path."""
    reached = ImportedFiles(is_core)
    for module in iter_modules(contracts.__path__, f"{contracts.__name__}."):
        reached.add_named(module.name)
    return reached.files


def _hash(files: Mapping[str, str]) -> str:
    """SHA-256 of files together, by their paths."""
    listed = "".join(f"{path}\0{digest}\n" for path, digest in sorted(files.items()) if path not in _DOORS)
    return hashlib.sha256(listed.encode()).hexdigest()
