"""`seqbench models`: which taggers are there, and from whom; `seqbench models NAME`: what one is and can be set to."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.registry.capabilities import capabilities
from seqbench.registry.entries import Entry
from seqbench.reporting.table import listing

_EXAMPLES = """
\b
Examples:
  seqbench models
  seqbench models baseline
"""


@click.command("models", epilog=_EXAMPLES)
@click.argument("name", required=False)
@options.plugin
@options.without
@options.form
def command(name: str | None, plugins: tuple[Path, ...], without: tuple[str, ...], form: str) -> None:
    """List the models, or describe one with its hyperparameters."""
    registry = options.registry_of(plugins, without)
    if name:
        echo(_described(registry.tagger(name), form))
        return
    entries = sorted(registry.taggers.items())
    rows = [[key, entry.summary, "yes" if entry.default else "", str(entry.plugin.name)] for key, entry in entries]
    echo(listing(["model", "summary", "default", "plugin"], rows, form))


def _described(entry: Entry, form: str) -> str:
    tagger = entry.load()
    rows = [
        [field.name, field.type_name, "(needed)" if field.default is REQUIRED else repr(field.default), field.doc]
        for field in fields_of(tagger).values()
    ]
    table = listing(["field", "type", "default", "meaning"], rows, form) if rows else "It has no hyperparameters."
    if form != "table":
        return table
    able = ", ".join(capabilities(tagger)) or "fit and predict alone"
    told = f"plugin {entry.plugin}\nsource {_source(tagger)}\nable   {able}"
    return f"{entry.name}: {entry.summary}\n{told}\n\n{inspect.getdoc(tagger) or ''}\n\n{table}"


def _source(tagger: Callable[..., Any]) -> str:
    """The file and line where it is defined, as far as Python knows them."""
    try:
        return f"{inspect.getsourcefile(tagger)}:{inspect.getsourcelines(tagger)[1]}"
    except (OSError, TypeError):
        return f"{tagger.__module__}:{getattr(tagger, '__qualname__', '')}"
