"""Options that several commands share, and the registry that they lead to."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.registry import Registry

FORMATS = ("table", "markdown", "latex", "html", "csv", "json")

plugin = click.option(
    "--plugin", "plugins", multiple=True, type=click.Path(path_type=Path), metavar="FILE.py", help="Load a plugin file."
)
form = click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="How to print the results.")
confusion = click.option(
    "--confusion", metavar="LABEL", multiple=True, help="Print the confusion matrix of a model too."
)
per_tag = click.option("--per-tag", is_flag=True, help="Print the scores of each tag too.")


def registry_of(plugins: tuple[Path, ...]) -> Registry:
    """The registry of installed plugins and these files; what is lost is said on standard error."""
    return Registry.discover(plugins, lambda loss: warn(str(loss)))


def warn(message: str) -> None:
    """Say something on standard error that a user should know."""
    click.echo(f"warning: {message}", err=True)
