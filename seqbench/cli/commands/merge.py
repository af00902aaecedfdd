"""`seqbench merge RUN RUN... --out R`: seeds, models and datasets of several runs in one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from seqbench.cli.terminal import echo
from seqbench.reporting.number_format import counted
from seqbench.results.merging import merge
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench merge runs/first runs/second --out runs/both
  seqbench merge machine-a/run machine-b/run --out run && seqbench show run
"""


@click.command("merge", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN RUN...")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="Folder of the new run.")
def command(runs: tuple[Path, ...], out: Path) -> None:
    """Put the trials of several runs into one new run: other seeds, other models, other data.

    The same trial in several runs counts once, by its key. Runs that contradict each other are refused: other data
    under one name, another spec under one label, a seed that was trained under other conditions, other predictions
    under one key. The runs themselves are not changed.
    """
    done = merge([Store.open(folder) for folder in runs], out, ["merge", *sys.argv[2:]])
    alike = f", {done.alike:,} of them in several runs" if done.alike else ""
    echo(f"{counted(done.trials, 'trial')} of {counted(len(runs), 'run')} in {out}{alike}")
    echo(f"see them: seqbench show {out}")
