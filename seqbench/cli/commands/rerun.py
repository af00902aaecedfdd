"""`seqbench rerun RUN`: the same plan once more, and which numbers differ."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, chdir, nullcontext
from dataclasses import astuple
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.run_progress import carry_out
from seqbench.errors import UsageError
from seqbench.reporting.table import listing
from seqbench.results.records import Manifest
from seqbench.results.rerun_differences import Difference, circumstances, differences
from seqbench.results.store import Store
from seqbench.running.repeated_request import repeated
from seqbench.running.request import plan_of

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
@options.plugin
@options.form
def command(run: Path, out: Path | None, plugins: tuple[Path, ...], form: str) -> int:
    """Repeat a run with the options that it was made with, and say which numbers differ (exit code 1).

    Scores and predictions are compared; times are not. The new run is a run like any other, and resumes like one.
    Plugin files that the run was made with are loaded only where you name them (--plugin FILE).
    """
    before = Store.open(run.absolute())
    manifest = before.manifest()
    folder = (out or run.with_name(f"{run.resolve().name}-again")).absolute()
    if folder.resolve() == run.resolve():
        raise UsageError("--out must be another folder than the run's own; what lies there would be taken as done")
    now = _repeat(manifest, str(run), folder, tuple(file.absolute() for file in plugins))
    trials, differing = differences(before, now)
    _print(differing, circumstances(before, now) if differing else [], form)
    count = f"{len(differing) or 'no'} number{'s' * (len(differing) != 1)} differ"
    click.echo(f"{trials} trials repeated in {str(folder)!r}, {count}")
    return int(bool(differing))


def _repeat(manifest: Manifest, run: str, folder: Path, plugins: tuple[Path, ...]) -> Store:
    """The new run, made where the old one was."""
    request = repeated(manifest, run, plugins)
    with _folder_of(manifest):
        registry = options.registry_of((), request.without)
        plan = plan_of(request, registry, options.noting(quiet=True))
        store = Store.create(folder)
        carry_out(plan, request.ways, registry, store, quiet=True)
    return store


def _folder_of(manifest: Manifest) -> AbstractContextManager[None]:
    """The folder that relative paths of a run start from, if it is still there."""
    folder = Path(manifest.folder)
    return chdir(folder) if manifest.folder and folder.is_dir() else nullcontext()


def _print(differing: Sequence[Difference], why: Sequence[str], form: str) -> None:
    if differing:
        rows = [["-" if value is None else str(value) for value in astuple(difference)] for difference in differing]
        click.echo("\n" + listing(COLUMNS, rows, form) + "\n")
    for change in why:
        click.echo(f"differs: {change}")
