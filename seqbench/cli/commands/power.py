"""`seqbench power RUN...`: how much text, how many seeds and how many datasets it takes to find a difference."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo, echo_rendered
from seqbench.comparing.planning import datasets_needed
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.planning_tables import datasets_table, needs_of, planning_table
from seqbench.reporting.table import rendered
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench power runs/first --detect 0.3
  seqbench power runs/first --detect 1 --metric span-f1 --against baseline
"""


@click.command("power", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option(
    "--detect",
    type=click.FloatRange(0, 100, min_open=True),
    required=True,
    metavar="POINTS",
    help="The real difference that is to be found in 80 % of cases.",
)
@click.option("--metric", default="accuracy", show_default=True, metavar="NAME", help="The score that is compared.")
@options.against
@options.form
def command(*, runs: tuple[Path, ...], detect: float, metric: str, against: str | None, form: str) -> int:
    """Say how many sentences or documents, seeds, and datasets it takes to tell the models of runs apart."""
    stores, registry = [Store.open(folder) for folder in runs], options.registry_of(())
    compared = comparable(stores, registry, Question(against=against, metrics=(metric,)))
    printed = False
    for measured, needed in needs_of(compared, detect / 100):
        table = planning_table(measured, needed, detect / 100, compared.names)
        echo_rendered(rendered(table, form) + "\n")
        printed = True
    for ranking in compared.rankings(compared.results()):
        table = datasets_table(ranking, datasets_needed(ranking, detect / 100), detect / 100, compared.names)
        echo_rendered(rendered(table, form) + "\n")
    if not printed:
        echo("nothing to plan by: it takes two models that are finished on the same data", err=True)
    return int(not printed)
