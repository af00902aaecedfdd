"""Records as they are written: with no absolute path in them, whatever part of a record holds it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from seqbench.contracts.plain_text import plain_text
from seqbench.results.paths import portable, portable_source, portable_text, shares_folder

_AS_THEY_ARE = frozenset({"identity", "label", "name", "tag", "tags"})  # what a key hashes, and what the data say


def portable_json(record: object, run: Path) -> object:
    """JSON of a record with portable paths.

    Sources of data start from the run's folder; paths in other texts from the current folder, like those of a command,
    unless only the run's folder has a folder in common with them.
    """
    return _plain(_portable(record, "", run))


def _plain(value: object) -> object:
    """JSON whose texts, names of values included, can all be written."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, Mapping):
        return {plain_text(name): _plain(part) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [_plain(part) for part in value]
    return value


def _portable(value: object, key: str, run: Path) -> object:
    if key in _AS_THEY_ARE:
        return value
    if isinstance(value, str):
        return _text(value, key, run)
    if isinstance(value, Mapping):
        return {name: _portable(part, name, run) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [_portable(part, key, run) for part in value]
    return value


def _text(text: str, key: str, run: Path) -> str:
    if key == "folder":
        return portable(text, run) if text else text
    if key == "place":  # nobody looks for it again
        return portable(text, run) if shares_folder(text, run) else Path(text).name
    if key == "source":
        return portable_source(text, [run])
    if key in {"data", "train"}:  # as --data has it
        return portable_source(portable_text(text, [Path.cwd(), run]), [Path.cwd(), run])
    return portable_text(text, [Path.cwd(), run], sys.path if key in {"traceback", "error"} else ())
