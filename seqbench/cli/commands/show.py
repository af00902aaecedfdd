"""`seqbench show RUN...`: the results of runs again, from what is on disk; `run` ends with the same tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.comparing.comparison import refuse_different_data
from seqbench.errors import unknown
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_report import Question, as_json, comparison_texts, examine
from seqbench.reporting.results_report import results_texts
from seqbench.reporting.side_by_side import uncollected
from seqbench.results.rows import Results, read
from seqbench.results.store import Store

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
    for text in results_texts(stores, results, wanted.form, confusion_of=wanted.confusion, tags=wanted.per_tag):
        click.echo(text)
    if wanted.compared and wanted.form != "csv":
        click.echo()
        examined = examine(stores, registry(), intervals=False)
        for text in comparison_texts(examined, Question(wanted.against), wanted.form):
            click.echo(text)
    return _exit_code(results)


def _exit_code(results: Results) -> int:
    return int(any(row.failures for row in results.rows))


def check_labels(asked: Sequence[str], labels: Sequence[str]) -> None:
    """`UsageError` for a model that is not among the results."""
    for label in asked:
        if label not in labels:
            raise unknown("model of this run", label, set(labels), listed="Labels")
