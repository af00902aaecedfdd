"""`seqbench rerun RUN`: the same plan once more, and which numbers differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace as replace_fields

from seqbench.cli import options
from seqbench.cli.run_progress import carry_out
from seqbench.cli.terminal import echo
from seqbench.comparing.stopping import Enough
from seqbench.contracts.datasets import DataAccess
from seqbench.errors import UsageError
from seqbench.registry.data_argument import exists
from seqbench.reporting.table import listing
from seqbench.results.paths import resolved_source, resolved_text
from seqbench.results.records import Manifest
from seqbench.results.rerun_differences import Difference, circumstances, differences
from seqbench.results.store import Store
from seqbench.running.repeated_request import repeated
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
    requests = [_moved(_requested(request, str(run), files), data) for request in _requests(manifest)]
    for request in requests:
        now = _repeat(request, before, manifest, folder)
    trials, differing = differences(before, now)
    _print(differing, circumstances(before, now) if differing else [], form)
    count = f"{len(differing) or 'no'} number{'s' * (len(differing) != 1)} differ"
    echo(f"{trials} trials repeated in {str(folder)!r}, {count}")
    return int(bool(differing))


def _requests(manifest: Manifest) -> list[Manifest]:
    """The manifest as each request left it that shared the folder, the last one last."""
    earlier = [replace_fields(manifest, plan=r.plan, device=r.device) for r in manifest.earlier if r.plan is not None]
    return [*earlier, manifest]


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
    there = [str(Path(text).absolute()) if exists(Path(text.partition("?")[0])) else text for text in data]
    return replace(request, data=there)


def _repeat(request: RunRequest, before: Store, manifest: Manifest, folder: Path) -> Store:
    """The new run, made where the old one was, with all that was ever asked of it."""
    start = _start(manifest, before.folder)
    folders = [start, before.folder, Path.cwd()]
    request = _located(request, folders)
    with chdir(start), _told_where(start, manifest):
        registry = options.registry_of((), request.without)
        registry.access = _with_folder_of(registry.access, manifest, folders)
        plan = plan_of(request, registry, options.noting(quiet=True))
        store = Store.create(folder)
        carry_out(plan, request.ways, registry, store, quiet=True)
    return store


def _start(manifest: Manifest, run: Path) -> Path:
    """The folder that relative paths of a run start from; the current one if only that has the run's data."""
    folder = (run / manifest.folder).resolve()
    moved = any(not (folder / path).exists() and Path(path).exists() for path in _data_of(manifest))
    return folder if manifest.folder and folder.is_dir() and not moved else Path.cwd()


def _data_of(manifest: Manifest) -> list[str]:
    """Paths of the data of a run, and names of registered ones."""
    return [text.partition("?")[0] for text in (manifest.plan or {}).get("data", ())]


def _located(request: RunRequest, folders: Sequence[Path]) -> RunRequest:
    """A request with the absolute path of each file, in the first of these folders that has it."""

    def found(texts: Sequence[Any]) -> list[Any]:
        return [resolved_text(text, folders) if isinstance(text, str) else text for text in texts]

    data = [resolved_source(text, folders) if isinstance(text, str) else text for text in found(request.data)]
    train = resolved_source(found([request.train])[0], folders) if request.train else None
    return replace(request, data=data, train=train, models=found(request.models), settings=found(request.settings))


def _with_folder_of(access: DataAccess, manifest: Manifest, folders: Sequence[Path]) -> DataAccess:
    """Access that looks into the folder of named corpora of the run, unless this call names another one."""
    planned = (manifest.plan or {}).get("data-dir")
    if access.local is not None or not isinstance(planned, str):
        return access
    return replace(access, local=Path(resolved_text(planned, folders)))


@contextmanager
def _told_where(start: Path, manifest: Manifest) -> Iterator[None]:
    """An error about data that are not there tells from which folder their path starts, and what to do."""
    try:
        yield
    except UsageError as error:
        named = [path for path in _data_of(manifest) if repr(path) in str(error)]
        if not named:
            raise
        way = f"bring {named[0]!r} back there, or start rerun in the folder that has it"
        raise UsageError(f"{str(error).rstrip('.')}. Paths of this run start from {str(start)!r}: {way}") from error


def _print(differing: Sequence[Difference], why: Sequence[str], form: str) -> None:
    if differing:
        rows = [["-" if value is None else str(value) for value in astuple(difference)] for difference in differing]
        echo("\n" + listing(COLUMNS, rows, form) + "\n")
    for change in why:
        echo(f"differs: {change}")
