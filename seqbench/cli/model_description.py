"""Models as `seqbench models NAME` describes them: what they can do and be set to."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from typing import Any

from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.registry.capabilities import capabilities
from seqbench.registry.entries import Entry
from seqbench.reporting.table import fitted, listing

_LAID_OUT = re.compile(r"^(\s|[-*|>] |\d+\. )", re.MULTILINE)


def described(entries: Sequence[Entry], form: str) -> str:
    """Description of models for people, or for machines a row for each hyperparameter."""
    people = form == "table"
    return "\n\n".join(_described(entry, form) for entry in entries) if people else _fields(entries, form)


def _fields(entries: Sequence[Entry], form: str) -> str:
    """The hyperparameters of models; of several, each with its model."""
    rows = [
        [
            entry.name,
            field.name,
            field.type_name,
            "(needed)" if field.default is REQUIRED else repr(field.default),
            field.doc,
        ]
        for entry in entries
        for field in fields_of(entry.load()).values()
    ]
    first = int(len(entries) == 1)
    columns = ["model", "field", "type", "default", "meaning"]
    return listing(columns[first:], [row[first:] for row in rows], form)


def _described(entry: Entry, form: str) -> str:
    tagger = entry.load()
    able = ", ".join(capabilities(tagger)) or "fit and predict alone"
    head = f"{entry.name}: {entry.summary_with_needs}\nplugin {entry.plugin}\nsource {_source(tagger)}\noffers {able}"
    table = _fields([entry], form) if fields_of(tagger) else "It has no hyperparameters."
    return fitted(f"{head}\n\n{_reflowed(inspect.getdoc(tagger) or '')}", form) + f"\n\n{table}"


def _reflowed(text: str) -> str:
    """A docstring with a line for each paragraph, to be wrapped anew; indented lines and lists stay as they are."""
    blocks = text.split("\n\n")
    return "\n\n".join(" ".join(b.split("\n")) if not _LAID_OUT.search(b) else b for b in blocks)


def _source(tagger: Callable[..., Any]) -> str:
    """The file and line where it is defined, as far as Python knows them."""
    try:
        return f"{inspect.getsourcefile(tagger)}:{inspect.getsourcelines(tagger)[1]}"
    except (OSError, TypeError):
        return f"{tagger.__module__}:{getattr(tagger, '__qualname__', '')}"
