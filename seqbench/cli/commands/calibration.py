"""`seqbench calibration RUN...`: whether models know when they are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seqbench.cli import options
from seqbench.cli.commands.show import check_labels
from seqbench.comparing.calibration import Binning, Calibration, calibrations
from seqbench.comparing.comparison import refuse_different_data
from seqbench.errors import UsageError
from seqbench.results.rows import read
from seqbench.results.store import Store

if TYPE_CHECKING:
    from seqbench.reporting.table import Table

_EXAMPLES = """
\b
Examples:
  seqbench calibration runs/first
  seqbench calibration runs/first --reliability big --bins 10
"""


@click.command("calibration", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option("--reliability", multiple=True, metavar="LABEL", help="How often it is right when so sure; repeatable.")
@click.option("--bins", type=click.IntRange(min=2), default=15, show_default=True, help="Bins of confidence.")
@click.option(
    "--binning",
    type=click.Choice(["width", "mass"]),
    default="width",
    show_default=True,
    help="Bins of equal width, or of about equally many tokens.",
)
@options.form
def command(runs: tuple[Path, ...], reliability: tuple[str, ...], bins: int, binning: str, form: str) -> None:
    """Tell whether models know when they are wrong.

    For models with probabilities: expected calibration error, Brier score, log-loss, reliability, and the accuracy when
    the least sure tokens are left out (risk and coverage).
    """
    from seqbench.reporting.table import json_text, rendered

    stores = [Store.open(folder) for folder in runs]
    results = read(stores)
    refuse_different_data(results)
    check_labels(reliability, [row.model for row in results.rows])
    chosen = Binning(bins, binning == "mass")
    found = calibrations(stores, results, chosen)
    without = {(row.dataset, row.model) for row in results.rows} - {(one.dataset, one.model) for one in found}
    if not found:
        raise UsageError("no finished model of these runs gave probabilities; those with predict_proba do")
    if form == "json":
        click.echo(json_text({"binning": str(chosen), "models": [one.as_json() for one in found]}))
        return
    for dataset, model in sorted(without):
        options.warn(f"{model} on {dataset} gave no probabilities")
    click.echo("\n\n".join(rendered(table, form) for table in _tables(found, chosen, reliability)))


def _tables(found: Sequence[Calibration], binning: Binning, asked: Sequence[str]) -> Iterator[Table]:
    from seqbench.reporting import calibration_tables

    for dataset in dict.fromkeys(one.dataset for one in found):
        yield calibration_tables.summary([one for one in found if one.dataset == dataset], binning)
    yield from (calibration_tables.reliability(one, binning) for one in found if one.model in asked)
