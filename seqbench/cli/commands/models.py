"""`seqbench models`: which taggers are there, and from whom; `seqbench models NAME`: what one is and can be set to."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.reporting.table import listing

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
        from seqbench.cli.model_description import described

        echo(described([registry.tagger(name) for name in names], form))
        return
    entries = [entry for _, entry in sorted(registry.taggers.items())]
    rows = [[e.name, e.summary_with_needs, "yes" if e.default else "", e.plugin.name] for e in entries]
    echo(listing(["model", "summary", "default", "plugin"], rows, form))
