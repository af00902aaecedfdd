"""Paths of a run: relative to its folder in the records on disk, absolute in memory.

A portable path has `/` between its parts and begins with `./` or `../`, which tells it from a registered name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from seqbench.errors import UsageError
from seqbench.registry.data_argument import exists, parsed

_ABSOLUTE = re.compile(r"(?<![\w./\\:~-])(?:[A-Za-z]:[\\/]|/)(?=[^\s/])")
_PORTABLE = re.compile(r"(?<![\w./\\:~-])\.{1,2}/")
_ENDS = re.compile(r"[\s'\"`,;:?&()\[\]{}<>|]")
_TRIED = 50  # possible ends of a path in a text


def portable(path: str, folder: Path) -> str:
    """Path as it leads there from a folder; its name if nothing leads there (another drive of Windows)."""
    try:
        text = os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:
        text = Path(path).name
    if text in {".", ".."}:
        return f"{text}/"
    return text if text.startswith("../") else f"./{text}"


def shares_folder(path: str, folder: Path) -> bool:
    """Whether a path and a folder have more in common than the root of the file system."""
    return Path(os.path.realpath(path)).parts[:2] == Path(os.path.realpath(folder)).parts[:2]


def resolved(text: str, folders: Sequence[Path]) -> str:
    """Absolute path of a portable one in the first of these folders that has it; any other text as it stands."""
    if _PORTABLE.match(text):
        for folder in folders:
            if exists(folder / text):
                return str((folder / text).resolve())
    return text


def portable_source(text: str, folders: Sequence[Path]) -> str:
    """Text like that of `--data` with portable paths, also among its options, as in `portable_text`."""
    try:
        source = parsed(text)
    except UsageError:  # a name that a plugin gave
        return text
    return _source_text(text, source.name, source.options, lambda value: _from_absolute(value, folders))


def resolved_source(text: str, folders: Sequence[Path]) -> str:
    """Text like that of `--data` with the absolute path, if one of these folders has it, of each portable one."""
    marks = [match.start() for match in islice(re.finditer(r"\?", text), _TRIED)]
    ends = [end for end in [len(text), *reversed(marks)] if resolved(text[:end], folders) != text[:end]]
    end = [*ends, *marks, len(text)][0]
    options = dict(parse_qsl(text[end + 1 :], keep_blank_values=True))
    return _source_text(text, text[:end], options, lambda value: resolved(value, folders))


def portable_text(text: str, folders: Sequence[Path], packages: Sequence[str] = ()) -> str:
    """Text with every absolute path portable, from the first folder that has more than the root in common with it.

    Paths of Python files below `packages` (folders that modules are imported from) begin with the package.
    """
    return _with_paths(text, _ABSOLUTE, exists, lambda path: _nearest(path, folders, packages))


def portable_label(label: str) -> str:
    """Label with portable paths, from the current folder: a label that is a spec as typed may hold some."""
    return portable_text(label, [Path.cwd()])


def resolved_text(text: str, folders: Sequence[Path]) -> str:
    """Text with the absolute path, if one of these folders has it, of every portable one."""
    return _with_paths(
        text,
        _PORTABLE,
        lambda path: any(exists(folder / path) for folder in folders),
        lambda path: resolved(path, folders),
    )


def _from_absolute(text: str, folders: Sequence[Path]) -> str:
    return _nearest(text, folders) if os.path.isabs(text) else text  # noqa: PTH117 -- a text that may be no path


def _source_text(text: str, name: str, options: Mapping[str, str], change: Callable[[str], str]) -> str:
    """Text with its name and the values of its options changed; the very same text if none is."""
    changed = {key: change(value) for key, value in options.items()}
    if change(name) == name and changed == options:
        return text
    return f"{change(name)}?{urlencode(changed)}" if changed else change(name)


def _nearest(path: str, folders: Sequence[Path], packages: Sequence[str] = ()) -> str:
    if path.endswith((".py", ".pyc")):
        for package in sorted(packages, key=len, reverse=True):
            if package and Path(path).is_relative_to(package):
                return Path(path).relative_to(package).as_posix()
    near = (folder for folder in folders if shares_folder(path, folder))
    return portable(path, next(near, folders[0]))


def _with_paths(
    text: str, begin: re.Pattern[str], is_there: Callable[[Path], bool], change: Callable[[str], str]
) -> str:
    """Text with each path that begins so, and that is there, changed."""
    parts, end = [], 0
    for match in begin.finditer(text):
        path = _path_at(text, match.start(), is_there) if match.start() >= end else ""
        if path:
            parts += [text[end : match.start()], change(path)]
            end = match.start() + len(path)
    return "".join([*parts, text[end:]])


def _path_at(text: str, start: int, is_there: Callable[[Path], bool]) -> str:
    """Longest path in a line of text, blanks in it included, that is there; else the first word, if its folder is."""
    line = text[start:].partition("\n")[0]
    ends = [*(match.start() for match in _ENDS.finditer(line)), len(line)][:_TRIED]
    for end in reversed(ends):
        path = Path(line[:end])
        if path != Path(path.anchor) and is_there(path):
            return line[:end]
    word = line[: ends[0]]
    return word if any(is_there(folder) for folder in list(Path(word).parents)[:-1]) else ""
