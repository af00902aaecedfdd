"""`seqbench runs [FOLDER]`: the runs that lie in a folder, the last first."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.reporting.table import listing
from seqbench.results.run_folders import RunSummary, runs_in

_EXAMPLES = """
\b
Examples:
  seqbench runs
  seqbench runs path/to/experiments
"""
COLUMNS = ("run", "began", "finished", "data", "models")


@click.command("runs", epilog=_EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("runs"), metavar="[FOLDER]")
@options.form
def command(folder: Path, form: str) -> None:
    """List the runs in a folder (runs/), the last first; `seqbench show` without a name shows that one."""
    rows = [_row(run) for run in runs_in(folder)]
    if not rows and form == "table":
        echo(f"no runs in {str(folder)!r}; seqbench run starts one", err=True)
        return
    echo(listing(COLUMNS, rows, form))


def _row(run: RunSummary) -> list[str]:
    began = run.started.replace("T", " ")[:16]
    return [
        str(run.folder), began, f"{run.finished} of {run.trials}", ", ".join(run.datasets), ", ".join(run.models)
    ]  # fmt: skip
