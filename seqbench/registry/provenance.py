"""Where results come from: versions of what is installed, commits of local plugins, contents of named files."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from seqbench.registry.code_owners import project_of
from seqbench.registry.entries import Entry, Plugin
from seqbench.registry.tagger_code import code_of

_NAME = re.compile(r"[\w.-]+")
_TOOLS = re.compile(r"extra == ['\"](dev|test|tests|docs)['\"]")


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


def described(plugin: Plugin, entries: Iterable[Entry]) -> dict[str, Any]:
    """A plugin as run.json tells of it: the code of these entries, and the commit of a plugin in a git repository."""
    code = json.dumps({entry.name: code_of(entry) for entry in entries}, sort_keys=True)
    about = {"name": plugin.name, "distribution": plugin.distribution, "version": plugin.version}
    about["sha256"] = hashlib.sha256(code.encode()).hexdigest()
    if place := plugin.file or project_of(plugin.distribution):
        about["place"] = str(place)
        if plugin.file:
            about["file_sha256"] = contents_of(plugin.file)
        about["commit"] = commit_of(place)
    return about


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
