"""`seqbench rerun RUN`: the same plan once more, and which numbers differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.run_progress import carry_out
from seqbench.cli.terminal import echo
from seqbench.comparing.enough_seeds import Enough
from seqbench.reporting.table import listing
from seqbench.results.rerun_differences import Difference, circumstances, differences
from seqbench.results.store import Store
from seqbench.running.repetition import Repetition, repeated_folder

_EXAMPLES = """
\b
Examples:
  seqbench rerun runs/first
  seqbench rerun runs/first --out runs/again
"""
COLUMNS = ("dataset", "model", "seed", "what", "before", "now")


@click.command("rerun", epilog=_EXAMPLES)
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The new run's folder, else RUN-again.")
@click.option(
    "--data",
    multiple=True,
    metavar="NAME|PATH",
    help="Where the run's data are now; repeatable, in the order of the run's own.",
)
@options.words_dir
@options.plugin
@options.form
def command(run: Path, out: Path | None, data: tuple[str, ...], plugins: tuple[Path, ...], form: str) -> int:
    """Repeat a run with the options that it was made with, and say which numbers differ (exit code 1).

    Scores and predictions are compared; times are not. The new run is a run like any other, and resumes like one.
    Plugin files that the run was made with are loaded only where you name them (--plugin FILE).
    """
    before = Store.open(run.absolute())
    manifest = before.manifest()
    folder = repeated_folder(run, out)
    files = tuple(file.absolute() for file in plugins)
    repetition = Repetition(before, folder, partial(options.registry_of, ()), partial(carry_out, quiet=True))
    now = repetition.of(manifest, (str(run), files, data), Enough.planned)
    trials, differing = differences(before, now)
    _print(differing, circumstances(before, now) if differing else [], form)
    count = f"{len(differing) or 'no'} number{'s' * (len(differing) != 1)} differ"
    echo(f"{trials} trials repeated in {str(folder)!r}, {count}")
    return int(bool(differing))


def _print(differing: Sequence[Difference], why: Sequence[str], form: str) -> None:
    if differing:
        rows = [["-" if value is None else str(value) for value in astuple(difference)] for difference in differing]
        echo("\n" + listing(COLUMNS, rows, form) + "\n")
    for change in why:
        echo(f"differs: {change}")
