"""What determines a result beyond data and spec: the code that made it, by version and by the hash of its files."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from seqbench.entries import Plugin


def code_of(plugin: Plugin) -> dict[str, Any]:
    """The distribution that a plugin belongs to, its version, and the SHA-256 of its Python files."""
    if plugin.once:
        return {"once": plugin.once}
    files = [plugin.file] if plugin.file else []
    if plugin.distribution:
        files = _files_of(distribution(plugin.distribution))
    return {"distribution": plugin.distribution, "version": plugin.version, "sha256": _hash(files)}


def _files_of(dist: Distribution) -> list[Path]:
    """The Python files that were installed; of an editable install, those of the packages that it is known by."""
    origin = json.loads(dist.read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        return [Path(str(file.locate())) for file in dist.files or () if file.suffix == ".py"]
    modules = {point.module.partition(".")[0] for point in dist.entry_points if point.group == "seqbench"}
    modules.add(dist.name.replace("-", "_"))
    return [file for module in modules for file in _files_of_module(module)]


def _files_of_module(module: str) -> Iterable[Path]:
    found = find_spec(module)
    if found is None:
        return []
    folders = [Path(folder) for folder in found.submodule_search_locations or ()]
    return [file for folder in folders for file in folder.rglob("*.py")] or [Path(str(found.origin))]


def _hash(files: Iterable[Path]) -> str:
    """Names count by their last two parts, so that the same code is the same wherever it lies."""
    named = sorted(("/".join(file.parts[-2:]), file) for file in files)
    content = hashlib.sha256()
    for name, file in named:
        content.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return content.hexdigest()


def contents_of(path: Path) -> str:
    """The SHA-256 of a file, or of all files of a folder with their places in it."""
    if path.is_file():
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    content = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        content.update(f"{file.relative_to(path).as_posix()}\0{contents_of(file)}\n".encode())
    return content.hexdigest()


def versions() -> Mapping[str, str | None]:
    """Python and the packages that results depend on; None for one that is not installed."""
    return {
        "python": platform.python_version(),
        **{name: _version(name) for name in ("seqbench", "torch", "numpy", "scipy", "scikit-learn")},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def machine() -> Mapping[str, str]:
    """The system and processor that a run was made on."""
    return {"system": platform.platform(), "processor": platform.machine()}
