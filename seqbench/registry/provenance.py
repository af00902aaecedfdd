"""What determines a result beyond data and spec: the code that made it, by version and by the hash of its files."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from seqbench.registry.entries import Plugin

_NAME = re.compile(r"[\w.-]+")
_TOOLS = re.compile(r"extra == ['\"](dev|test|tests|docs)['\"]")


def code_of(plugin: Plugin) -> dict[str, Any]:
    """The distribution that a plugin belongs to, its version, and the SHA-256 of its Python files."""
    if plugin.once:
        return {"once": plugin.once}
    if plugin.distribution:
        content = _hash(_files_of(distribution(plugin.distribution)), parts=2)
    else:
        content = _hash([plugin.file] if plugin.file else [], parts=1)
    return {"distribution": plugin.distribution, "version": plugin.version, "sha256": content}


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


def _hash(files: Iterable[Path], parts: int) -> str:
    """Names count by their last parts, so that the same code is the same wherever it lies."""
    named = sorted(("/".join(file.parts[-parts:]), file) for file in files)
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


def versions(distributions: Iterable[str] = ()) -> Mapping[str, str | None]:
    """Python, seqbench, these distributions, and all that they say they need, as far as it is installed."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in dict.fromkeys(["seqbench", *distributions]):
        found[name] = _version(name)
        found |= {needed: known for needed in _needed_by(name) if (known := _version(needed)) is not None}
    return found | {"scipy": _version("scipy")}


def _needed_by(name: str) -> list[str]:
    """The packages that a distribution requires, those of its extras too, but for tools of its development."""
    try:
        listed = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    return [_NAME.match(line)[0] for line in listed if not _TOOLS.search(line)]  # type: ignore[index]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def described(plugin: Plugin) -> dict[str, Any]:
    """A plugin as run.json tells of it: its code, and for one that lies in a git repository the commit there."""
    about: dict[str, Any] = {"name": plugin.name, **code_of(plugin)}
    if place := plugin.file or _editable(plugin.distribution):
        about["place"] = str(place)
        if plugin.file:
            about["file_sha256"] = contents_of(plugin.file)
        about["commit"] = commit_of(place)
    return about


def _editable(name: str | None) -> Path | None:
    """The folder that a distribution was installed from so that it can be edited."""
    origin = json.loads((distribution(name).read_text("direct_url.json") if name else None) or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        return None
    return Path(url2pathname(urlsplit(origin["url"]).path))


def commit_of(place: Path) -> str | None:
    """The git commit of a file or folder, with "+changes" where what lies there is not committed; None without git."""
    folder = place if place.is_dir() else place.parent

    def git(*command: str) -> str:
        return subprocess.run(  # noqa: S603 -- reads only
            ["git", "-C", str(folder), *command],  # noqa: S607 -- whichever git the user has
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout.strip()

    try:
        commit, changes = git("rev-parse", "HEAD"), git("status", "--porcelain", "--", str(place))
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{commit}+changes" if changes else commit
