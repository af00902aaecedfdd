"""`seqbench skill` prints a page for assistants: how to write a plugin, compare models fairly and read the result."""

from __future__ import annotations

from importlib import resources

import click

from seqbench.cli.terminal import echo
from seqbench.version import __version__

_EXAMPLES = """
\b
Examples:
  seqbench skill > SKILL.md
"""


@click.command("skill", epilog=_EXAMPLES)
def command() -> None:
    """Print a SKILL.md of this version: with it an assistant writes a plugin, runs a fair comparison and reads it."""
    text = resources.files("seqbench").joinpath("templates", "skill.md.txt").read_text(encoding="utf-8")
    echo(text.replace("{version}", __version__).rstrip("\n"))
