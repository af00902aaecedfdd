"""`seqbench calibration RUN...`: whether models know when they are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo_rendered
from seqbench.comparing.calibration import Binning, Calibration, calibrations
from seqbench.comparing.pooled_folds import scored_sets
from seqbench.errors import UsageError
from seqbench.reporting import calibration_tables
from seqbench.reporting.table import Table, json_text, rendered
from seqbench.results.listing import Listing, list_runs, refuse_different_data
from seqbench.results.model_names import key_named
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench calibration runs/first
  seqbench calibration runs/first --reliability big --bins 10
"""


@click.command("calibration", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option("--reliability", multiple=True, metavar="LABEL", help="How often it is right when so sure; repeatable.")
@click.option(
    "--bins", metavar="N", type=click.IntRange(min=2), default=15, show_default=True, help="Bins of confidence."
)
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
    the least sure tokens are left out (risk and coverage). The folds of a dataset are one test set.
    """
    listing = list_runs([Store.open(folder) for folder in runs])
    refuse_different_data(listing.datasets)
    shown = {key_named(text, listing.names) for text in reliability}
    chosen = Binning(bins, binning == "mass")
    measured = calibrations(listing, chosen)
    if not measured:
        raise UsageError("no finished model of these runs gave probabilities; those with predict_proba do")
    if form == "json":
        models = [calibration.as_json(listing.names) for calibration in measured]
        echo_rendered(json_text({"binning": str(chosen), "models": models}))
        return
    _tell_of_missing(listing, measured)
    tables = [*_summaries(listing, measured, chosen)]
    tables += [
        calibration_tables.reliability(calibration, chosen, listing.names[calibration.model])
        for calibration in measured
        if calibration.model in shown
    ]
    echo_rendered("\n\n".join(rendered(table, form) for table in tables))


def _tell_of_missing(listing: Listing, measured: Sequence[Calibration]) -> None:
    """Warn of models that gave no probabilities."""
    sets = scored_sets(listing.datasets).values()
    datasets = {part.fingerprint: dataset.name for dataset, parts in sets for part in parts}
    every = {(datasets[model.fingerprint], model.key) for model in listing.models}
    for dataset, model in sorted(every - {(c.dataset, c.model) for c in measured}):
        options.warn(f"{listing.names[model]} on {dataset} gave no probabilities")


def _summaries(listing: Listing, measured: Sequence[Calibration], binning: Binning) -> Iterator[Table]:
    for dataset in dict.fromkeys(calibration.dataset for calibration in measured):
        same = [calibration for calibration in measured if calibration.dataset == dataset]
        yield calibration_tables.summary(same, binning, listing.names)
