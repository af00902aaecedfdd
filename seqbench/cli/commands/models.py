"""`seqbench models`: which taggers are there, and from whom; `seqbench models NAME`: what one is and can be set to."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.registry.capabilities import capabilities
from seqbench.registry.entries import Entry
from seqbench.reporting.table import fitted, listing

_EXAMPLES = """
\b
Examples:
  seqbench models
  seqbench models baseline
"""


@click.command("models", epilog=_EXAMPLES)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.plugin
@options.without
@options.form
def command(names: tuple[str, ...], plugins: tuple[Path, ...], without: tuple[str, ...], form: str) -> None:
    """List the models, or describe some with their hyperparameters."""
    registry = options.registry_of(plugins, without)
    if names:
        chosen = [registry.tagger(name) for name in names]
        people = form == "table"
        echo("\n\n".join(_described(entry, form) for entry in chosen) if people else _fields(chosen, form))
        return
    entries = sorted(registry.taggers.items())
    rows = [[key, _summary(entry), "yes" if entry.default else "", entry.plugin.name] for key, entry in entries]
    echo(listing(["model", "summary", "default", "plugin"], rows, form))


def _summary(entry: Entry) -> str:
    """Summary of a model, with the packages that have to be installed first."""
    missing = " ".join(f"'{package}'" for package in entry.missing)
    return entry.summary + (f" (MISSING: pip install {missing})" if missing else "")


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
    head = f"{entry.name}: {_summary(entry)}\nplugin {entry.plugin}\nsource {_source(tagger)}\nable   {able}"
    table = _fields([entry], form) if fields_of(tagger) else "It has no hyperparameters."
    return fitted(f"{head}\n\n{inspect.getdoc(tagger) or ''}", form) + f"\n\n{table}"


def _source(tagger: Callable[..., Any]) -> str:
    """The file and line where it is defined, as far as Python knows them."""
    try:
        return f"{inspect.getsourcefile(tagger)}:{inspect.getsourcelines(tagger)[1]}"
    except (OSError, TypeError):
        return f"{tagger.__module__}:{getattr(tagger, '__qualname__', '')}"
