"""`seqbench rerun RUN`: the same plan once more, and which numbers differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import chdir, nullcontext, redirect_stdout
from pathlib import Path
from typing import Any

import click

from seqbench.cli import options
from seqbench.cli.plan_files import arguments
from seqbench.errors import UsageError
from seqbench.results.records import Manifest
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench rerun runs/first
  seqbench rerun runs/first --out runs/again
"""
_OF_THE_OUTPUT = ("out", "format", "confusion", "per-tag", "quiet")
COLUMNS = ("dataset", "model", "seed", "what", "before", "now")


@click.command("rerun", epilog=_EXAMPLES)
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The new run's folder, else RUN-again.")
@options.form
def command(run: Path, out: Path | None, form: str) -> int:
    """Repeat a run with the options that it was made with, and say which numbers differ (exit code 1).

    Scores and predictions are compared; times are not. The new run is a run like any other, and resumes like one.
    """
    from seqbench.cli.commands.run import command as again
    from seqbench.results.rerun_differences import circumstances, differences

    before = Store.open(run)
    manifest = before.manifest()
    place = (out or run.with_name(f"{run.resolve().name}-again")).absolute()
    if place.resolve() == run.resolve():
        raise UsageError("--out must be another folder than the run's own; what lies there would be taken as done")
    before = Store(run.absolute())
    with _folder_of(manifest), redirect_stdout(sys.stderr):
        again.main([*_arguments(manifest), f"--out={place}", "--quiet"], standalone_mode=False)
    now = Store.open(place)
    trials, found = differences(before, now)
    _print([*found], circumstances(before, now) if found else [], form)
    click.echo(
        f"{trials} trials repeated in {str(place)!r}, {len(found) or 'no'} number{'s' * (len(found) != 1)} differ"
    )
    return int(bool(found))


def _arguments(manifest: Manifest) -> Sequence[str]:
    """The options of a run; what was left to chance or to defaults is as it was then."""
    planned = manifest.plan
    if planned is None:
        raise UsageError("this run does not say how to repeat it: it was made from Python, by 'seqbench score', "
                         "by 'seqbench tune', or by an older seqbench")  # fmt: skip
    models = {"models": [model.label for model in manifest.models]}
    options = {**models, **planned, "device": manifest.device}
    return list(arguments({key: value for key, value in options.items() if key not in _OF_THE_OUTPUT}))


def _folder_of(manifest: Manifest) -> Any:
    """The folder that relative paths of a run start from, if it is still there."""
    folder = Path(manifest.folder)
    return chdir(folder) if folder.is_dir() else nullcontext()


def _print(found: Sequence[Any], why: Sequence[str], form: str) -> None:
    from dataclasses import astuple

    from seqbench.reporting.table import listing

    if found:
        rows = [["-" if value is None else str(value) for value in astuple(one)] for one in found]
        click.echo("\n" + listing(COLUMNS, rows, form) + "\n")
    for one in why:
        click.echo(f"differs: {one}")
