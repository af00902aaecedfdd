"""`seqbench new-plugin NAME` writes a project that works as it is: a plugin, its test and how to install it."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.errors import UsageError
from seqbench.registry.scaffold import KINDS, files, write

_EXAMPLES = """
\b
Examples:
  seqbench new-plugin window --kind torch
  pip install -e window && seqbench run --models baseline,window
"""


@click.command("new-plugin", epilog=_EXAMPLES)
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    metavar="KIND",
    default="plain",
    show_default=True,
    help=f"What it starts from: {', '.join(KINDS)}.",
)
def command(name: str, kind: str) -> None:
    """Write a plugin's project into a new folder NAME: code, test, pyproject.toml, README."""
    chosen = KINDS[kind]
    taken = getattr(options.registry_of(()), chosen.registers)
    if name in taken:
        raise UsageError(f"{name!r} is registered already, by plugin {taken[name].plugin}; choose another name")
    folder = write(name, kind, Path())
    for path, _ in files(name, kind):
        echo(f"{folder / path}")
    echo(f"\nTry it:\n  pip install -e {folder}\n  {chosen.ran.replace('$name', name)}", err=True)
