"""`seqbench rerun RUN`: the same plan once more, and which numbers differ."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import chdir
from dataclasses import astuple, replace
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.run_progress import carry_out
from seqbench.cli.terminal import echo
from seqbench.comparing.stopping import Enough
from seqbench.errors import UsageError
from seqbench.registry.data_argument import exists
from seqbench.reporting.table import listing
from seqbench.results.records import Manifest
from seqbench.results.rerun_differences import Difference, circumstances, differences
from seqbench.results.store import Store
from seqbench.running.located_request import located, start_of, told_where, with_folder_of
from seqbench.running.repeated_request import planned_requests, repeated
from seqbench.running.request import RunRequest, plan_of

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
    folder = (out or run.with_name(f"{run.resolve().name}-again")).absolute()
    if folder.resolve() == run.resolve():
        raise UsageError("--out must be another folder than the run's own; what lies there would be taken as done")
    files = tuple(file.absolute() for file in plugins)
    records = planned_requests(manifest)
    requests = [_moved(_requested(record, str(run), files), data) for record in records]
    for request, record in zip(requests, records, strict=True):
        now = _repeat(request, before, record, folder)
    trials, differing = differences(before, now)
    _print(differing, circumstances(before, now) if differing else [], form)
    count = f"{len(differing) or 'no'} number{'s' * (len(differing) != 1)} differ"
    echo(f"{trials} trials repeated in {str(folder)!r}, {count}")
    return int(bool(differing))


def _requested(manifest: Manifest, run: str, plugins: tuple[Path, ...]) -> RunRequest:
    """The request of a run, with its rule of how many seeds are enough."""
    request, plan = repeated(manifest, run, plugins), manifest.plan or {}
    until, most, against = (plan.get(name) for name in ("until", "max-seeds", "against"))
    rule = Enough.of(until, most, against and str(against))
    return replace(request, until=rule)


def _moved(request: RunRequest, data: Sequence[str]) -> RunRequest:
    """The request with its data where they are now, if that is told. Raises `UsageError` if the number differs."""
    if not data:
        return request
    if len(data) != len(request.data):
        raise UsageError(f"this run has {len(request.data)} --data, so rerun takes as many, was: {len(data)}")
    located = [str(Path(text).absolute()) if exists(Path(text.partition("?")[0])) else text for text in data]
    return replace(request, data=located)


def _repeat(request: RunRequest, before: Store, manifest: Manifest, folder: Path) -> Store:
    """The new run, made where the old one was, with all that was ever asked of it."""
    start = start_of(manifest, before.folder)
    folders = [start, before.folder, Path.cwd()]
    request = located(request, folders)
    with chdir(start), told_where(start, manifest):
        registry = options.registry_of((), request.without)
        registry.access = with_folder_of(registry.access, manifest, folders)
        plan = plan_of(request, registry, options.noting(quiet=True))
        store = Store.create(folder)
        carry_out(plan, request.ways, registry, store, quiet=True)
    return store


def _print(differing: Sequence[Difference], why: Sequence[str], form: str) -> None:
    if differing:
        rows = [["-" if value is None else str(value) for value in astuple(difference)] for difference in differing]
        echo("\n" + listing(COLUMNS, rows, form) + "\n")
    for change in why:
        echo(f"differs: {change}")
