"""Provenance of results: versions of installed packages, commits of local plugins, contents of named files."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from seqbench.registry.code_owners import project_of
from seqbench.registry.entries import Entry, Plugin
from seqbench.registry.tagger_code import code_of

_NAME = re.compile(r"[\w.-]+")
_TOOLS = re.compile(r"extra == ['\"](dev|test|tests|docs)['\"]")


def contents_of(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their paths in it."""
    if path.is_file():
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    content = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        content.update(f"{file.relative_to(path).as_posix()}\0{contents_of(file)}\n".encode())
    return content.hexdigest()


def versions(distributions: Iterable[str] = ()) -> Mapping[str, str | None]:
    """Versions of Python, seqbench, these distributions and all that they require, as far as it is installed."""
    known: dict[str, str | None] = {"python": platform.python_version()}
    for name in dict.fromkeys(["seqbench", *distributions]):
        known[name] = _version(name)
        known |= {required: number for required in _required_by(name) if (number := _version(required)) is not None}
    return known | {"scipy": _version("scipy")}


@cache  # what is installed stays while a process runs, and takes a tenth of a second to read
def _required_by(name: str) -> list[str]:
    """Packages that a distribution requires, also for its extras, but for tools of its development."""
    try:
        listed = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    return [_NAME.match(line)[0] for line in listed if not _TOOLS.search(line)]  # type: ignore[index]


@cache
def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def described(plugin: Plugin, entries: Iterable[Entry]) -> dict[str, Any]:
    """Description of a plugin for run.json: the code of these entries, and the commit of a git repository around it."""
    code = json.dumps({entry.name: code_of(entry) for entry in entries}, sort_keys=True)
    about = {"name": plugin.name, "distribution": plugin.distribution, "version": plugin.version}
    about["sha256"] = hashlib.sha256(code.encode()).hexdigest()
    if path := plugin.file or project_of(plugin.distribution):
        about["place"] = str(path)
        if plugin.file:
            about["file_sha256"] = contents_of(plugin.file)
        about["commit"] = commit_of(path)
    return about


def commit_of(path: Path) -> str | None:
    """Git commit of a file or folder, with "+changes" if it is not committed as it is; None without git."""
    folder = path if path.is_dir() else path.parent

    def git(*command: str) -> str:
        return subprocess.run(  # noqa: S603 -- reads only
            ["git", "-C", str(folder), *command],  # noqa: S607 -- whichever git the user has
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout.strip()

    try:
        commit, changes = git("rev-parse", "HEAD"), git("status", "--porcelain", "--", str(path))
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{commit}+changes" if changes else commit
