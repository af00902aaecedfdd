"""`seqbench show RUN...`: the results of runs again, from what is on disk; `run` ends with the same tables."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.printing import Wanted, print_results
from seqbench.reporting.side_by_side import uncollected
from seqbench.results.run_folders import last_run
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench show
  seqbench show runs/2026-05-01-3f9a
  seqbench show runs/first runs/second --format markdown
  seqbench show runs/first --per-tag --confusion baseline
"""


@click.command("show", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path), metavar="[RUN]...")
@options.form
@options.confusion
@options.per_tag
@options.rows
@options.plugin
def command(
    runs: tuple[Path, ...], form: str, confusion: tuple[str, ...], plugins: tuple[Path, ...], *, per_tag: bool
) -> int:
    """Print the results of runs again; without a name those of the last run in runs/."""
    stores = [Store.open(folder) for folder in runs or [last_run(Path("runs"))]]
    with uncollected():
        return print_results(stores, Wanted(form, confusion, per_tag), lambda: options.registry_of(plugins))
