"""`seqbench show RUN...`: the results of runs again, from what is on disk; `run` ends with the same tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seqbench.cli import options
from seqbench.cli.collecting import uncollected
from seqbench.cli.commands.compare import Question, as_json, examine, print_comparisons
from seqbench.comparing.comparison import refuse_different_data
from seqbench.errors import unknown
from seqbench.registry.discovery import Registry
from seqbench.results.rows import Results, Row, read
from seqbench.results.store import Store

if TYPE_CHECKING:
    from seqbench.reporting.table import Table

_EXAMPLES = """
\b
Examples:
  seqbench show runs/2026-05-01-3f9a
  seqbench show runs/first runs/second --format markdown
  seqbench show runs/first --per-tag --confusion baseline
"""


@dataclass(frozen=True)
class Wanted:
    """What to print beside the main table."""

    form: str
    confusion: Sequence[str] = ()
    per_tag: bool = False
    compared: bool = False
    against: str | None = None


@click.command("show", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@options.form
@options.confusion
@options.per_tag
@options.plugin
def command(
    runs: tuple[Path, ...], form: str, confusion: tuple[str, ...], plugins: tuple[Path, ...], *, per_tag: bool
) -> int:
    """Print the results of runs again."""
    stores = [Store.open(folder) for folder in runs]
    with uncollected():
        return print_results(stores, Wanted(form, confusion, per_tag), lambda: options.registry_of(plugins))


def print_results(stores: Sequence[Store], wanted: Wanted, registry: Callable[[], Registry]) -> int:
    """Print what is wanted; the exit code says whether all trials finished.

    Predictions are read, and a registry asked for, only where intervals or comparisons are wanted.
    """
    results = read(stores)
    refuse_different_data(results)
    check_labels(wanted.confusion, [row.model for row in results.rows])
    if wanted.form == "json":
        click.echo(as_json(examine(stores, registry()), Question(wanted.against)))
        return _exit_code(results)
    from seqbench.comparing.across_splits import pooled
    from seqbench.reporting import table as tables
    from seqbench.reporting.across_datasets_tables import learning_curves

    together = pooled(results)
    click.echo(tables.summary(results if wanted.form == "csv" else together, wanted.form))
    for table in learning_curves(together, "accuracy") if wanted.form != "csv" else ():
        click.echo("\n" + tables.text(table, wanted.form))
    for table in _further(stores, results, wanted):
        click.echo("\n" + tables.text(table, wanted.form))
    if wanted.compared and wanted.form != "csv":
        click.echo()
        print_comparisons(examine(stores, registry(), intervals=False), Question(wanted.against), wanted.form)
    return _exit_code(results)


def _exit_code(results: Results) -> int:
    return int(any(row.failures for row in results.rows))


def check_labels(asked: Sequence[str], labels: Sequence[str]) -> None:
    """`UsageError` for a model that is not among the results."""
    for label in asked:
        if label not in labels:
            raise unknown("model of this run", label, set(labels), listed="Labels")


def _further(stores: Sequence[Store], results: Results, wanted: Wanted) -> list[Table]:
    from seqbench.reporting import table as tables

    rows = [row for row in results.rows if row.status != "failed"]
    per_tag = [tables.per_tag(row) for row in rows] if wanted.per_tag else []
    chosen = [row for row in rows if row.model in wanted.confusion]
    return [*per_tag, *(_confusion(stores, row) for row in chosen)]


def _confusion(stores: Sequence[Store], row: Row) -> Table:
    from seqbench.reporting import table as tables

    paths = [
        (store, store.trial_path(trial["label"], trial["seed"], trial["key"]))
        for trial in row.trials
        if trial
        for store in stores
    ]
    there = [(store, path) for store, path in paths if path.is_file()]
    matrix = sum(store.read_arrays(path)["confusion"] for store, path in there)
    tags = there[0][0].read_json(there[0][0].folder / "data" / f"{row.fingerprint}.json")["tags"]
    return tables.confusion(row, tags, matrix)
