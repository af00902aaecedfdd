"""`seqbench runs [FOLDER]`: the runs that lie in a folder, the last first."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.reporting.table import TERMINAL, listing
from seqbench.results.run_folders import RunSummary, runs_in

_EXAMPLES = """
\b
Examples:
  seqbench runs
  seqbench runs path/to/experiments
"""
COLUMNS = ("run", "began", "finished", "data", "models")
_IN_A_TERMINAL = ("run", "began", "finished", "models and data")


@click.command("runs", epilog=_EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("runs"), metavar="[FOLDER]")
@options.form
def command(folder: Path, form: str) -> None:
    """List the runs in a folder (runs/), the last first; `seqbench show` without a name shows that one."""
    rows = [_row(run) for run in runs_in(folder)]
    if form != TERMINAL:
        echo(listing(COLUMNS, rows, form))
    elif rows:
        echo(listing(_IN_A_TERMINAL, [_in_a_terminal(*row) for row in rows], form))
    else:
        echo(f"no runs in {str(folder)!r}; seqbench run starts one", err=True)


def _row(run: RunSummary) -> list[str]:
    began = run.started.replace("T", " ")[:16]
    return [
        str(run.folder), began, f"{run.finished} of {run.trials}", ", ".join(run.datasets), ", ".join(run.models)
    ]  # fmt: skip


def _in_a_terminal(run: str, began: str, finished: str, data: str, models: str) -> list[str]:
    """A row whose folder is not broken in 80 columns."""
    return [run, began, finished, f"{models} on {data}"]
