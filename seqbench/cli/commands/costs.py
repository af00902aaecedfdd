"""`seqbench costs MODEL...`: what kept models cost where they are used, as they are and in fewer bits."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo, echo_rendered
from seqbench.reporting.cost_table import cost_table, ladder_of
from seqbench.reporting.table import json_text, rendered
from seqbench.serving.kept_model import load_model

_EXAMPLES = """
\b
Examples:
  seqbench costs models/first
  seqbench costs models/first models/second --data path/to/treebank \\
      --format csv
"""


@click.command("costs", epilog=_EXAMPLES)
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MODEL...")
@click.option("--data", metavar="NAME|PATH", help="Data whose test is tagged; else those that the model learned from.")
@options.words_dir
@options.plugin
@options.without
@options.form
def command(
    *, folders: tuple[Path, ...], data: str | None, plugins: tuple[Path, ...], without: tuple[str, ...], form: str
) -> None:
    """Print what kept models cost: accuracy, milliseconds a sentence, cold start, bytes on disk.

    Networks are measured as they are, in bfloat16 and in int8, with the accuracy that fewer bits lose and its interval.
    """
    registry = options.registry_of(plugins, without)
    ladders = [ladder_of(load_model(folder, registry), data, registry) for folder in folders]
    if form == "json":
        for note in (note for measured in ladders for note in measured.notes):
            echo(f"note: {note}", err=True)
        echo_rendered(json_text([rung for measured in ladders for rung in measured.as_json()]))
        return
    echo_rendered("\n\n".join(rendered(cost_table(measured), form) for measured in ladders))
