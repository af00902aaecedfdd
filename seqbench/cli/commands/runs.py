"""`seqbench runs [FOLDER]`: the runs that lie in a folder, the last first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
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
_SPLIT = re.compile(r", (fold \d+/\d+|resplit \d+)")
_IN_A_TERMINAL = ("run", "began", "finished", "models and data")


@click.command("runs", epilog=_EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("runs"), metavar="[FOLDER]")
@options.form
def command(folder: Path, form: str) -> None:
    """List the runs in a folder (runs/), the last first; `seqbench show` without a name shows that one."""
    runs = list(runs_in(folder))
    if form != TERMINAL:
        echo(listing(COLUMNS, [_row(run, run.datasets) for run in runs], form))
    elif runs:
        rows = [_in_a_terminal(*_row(run, _splits_counted(run.datasets))) for run in runs]
        echo(listing(_IN_A_TERMINAL, rows, form))
    else:
        echo(f"no runs in {str(folder)!r}; seqbench run starts one", err=True)


def _splits_counted(names: Sequence[str]) -> list[str]:
    """Names of datasets, of which all folds or random splits of one have a name together."""
    kinds = [("resplits" if ", resplit " in name else "folds") if _SPLIT.search(name) else "" for name in names]
    together = Counter((_SPLIT.sub("", name), kind) for name, kind in zip(names, kinds, strict=True))
    return [f"{name} ({count} {kind})" if kind else name for (name, kind), count in together.items()]


def _row(run: RunSummary, datasets: Sequence[str]) -> list[str]:
    began = run.started.replace("T", " ")[:16]
    return [
        str(run.folder), began, f"{run.finished} of {run.trials}", ", ".join(datasets), ", ".join(run.models)
    ]  # fmt: skip


def _in_a_terminal(run: str, began: str, finished: str, data: str, models: str) -> list[str]:
    """A row whose folder is not broken in 80 columns."""
    return [run, began, finished, f"{models} on {data}"]
