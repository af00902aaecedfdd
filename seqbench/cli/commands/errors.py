"""`seqbench errors RUN...`: where models are wrong, where they differ, and where the gold tags may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo_rendered
from seqbench.comparing.error_analysis.report import Chosen, ErrorReport
from seqbench.comparing.error_analysis.words import Words
from seqbench.comparing.pooled_folds import read_all_pooled
from seqbench.errors import DataError, unknown
from seqbench.reporting import error_tables
from seqbench.reporting.table import Table, json_text, rendered
from seqbench.results.listing import Listing, list_runs
from seqbench.results.model_names import key_named
from seqbench.results.predictions import Predictions
from seqbench.results.rows import dataset_as_json
from seqbench.results.store import Store
from seqbench.version import __version__

_EXAMPLES = """
\b
Examples:
  seqbench errors runs/first
  seqbench errors runs/first --right big --wrong small --tag NOUN
  seqbench errors runs/first --wrong small --limit 100 --format csv
"""


@dataclass(frozen=True, kw_only=True)
class ErrorOptions:
    """Options of a call."""

    runs: tuple[Path, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    tag: str | None
    limit: int
    plugins: tuple[Path, ...]
    form: str


@click.command("errors", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option("--right", multiple=True, metavar="LABEL", help="List the tokens that this model has right; repeatable.")
@click.option("--wrong", multiple=True, metavar="LABEL", help="List the tokens that this model has wrong; repeatable.")
@click.option("--tag", metavar="TAG", help="List only tokens whose gold tag is this one.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=20, show_default=True, help="Longest list to print."
)
@options.words_dir
@options.plugin
@options.form
def command(**arguments: Any) -> None:
    """Where models are wrong.

    Without --right, --wrong or --tag: accuracy by kind of word, frequency in train, sentence length, position and tag;
    the confusions on which models differ most; and the tokens on which all models agree against the gold tag, as
    suspects for mistakes of annotation (not where the next word is the tag). With them: the tokens that fit, with their
    sentences.

    The folds of a dataset are one test set, in which each token is predicted once; sentences count through all folds.

    A run keeps no words. They are read again from where the corpus was, which must not have changed since.
    """
    settings = ErrorOptions(**arguments)
    listing = list_runs([Store.open(folder) for folder in settings.runs])
    right, wrong = ([key_named(text, listing.names) for text in texts] for texts in (settings.right, settings.wrong))
    chosen = Chosen(right, wrong, settings.tag)
    reports = [_report(predictions, listing, settings) for predictions in read_all_pooled(listing)]
    _check_tag(chosen.tag, reports)
    fitting = [report for report in reports if report.fits(chosen)]
    echo_rendered(_json(fitting, chosen) if settings.form == "json" else _text(fitting, chosen, settings.form))


def _report(predictions: Predictions, listing: Listing, settings: ErrorOptions) -> ErrorReport:
    for key in predictions.left_out:
        options.warn(f"{predictions.dataset.name}: {listing.names[key]} did not finish on every fold and is left out")
    words = _words(predictions, listing, settings)
    return ErrorReport(predictions=predictions, words=words, limit=settings.limit, names=listing.names)


def _words(predictions: Predictions, listing: Listing, settings: ErrorOptions) -> Words | None:
    """The words of the predictions, or None after saying why they are not known."""
    try:
        return Words.read(predictions, listing.stores, options.registry_of(settings.plugins))
    except DataError as error:
        options.warn(f"{error}; sentences, frequencies in train and suspects are left out")
        return None


def _check_tag(tag: str | None, reports: Sequence[ErrorReport]) -> None:
    known = {known for report in reports for known in report.predictions.tags}
    if tag is not None and tag not in known:
        raise unknown("tag", tag, known, listed="Tags")


def _json(reports: Sequence[ErrorReport], chosen: Chosen) -> str:
    datasets = [report.predictions.dataset for report in reports]
    content: dict[str, object] = {
        "seqbench": __version__,
        "datasets": [dataset_as_json(dataset) for dataset in datasets],
    }
    parts = [(report.predictions.dataset.name, report.as_json(chosen)) for report in reports]
    for name in ("slices", "confusions", "agreement", "suspects", "tokens"):
        content[name] = [{"dataset": dataset, **entry} for dataset, lists in parts for entry in lists[name]]
    return json_text(content)


def _text(reports: Sequence[ErrorReport], chosen: Chosen, form: str) -> str:
    return "\n\n".join(rendered(table, form) for report in reports for table in _tables(report, chosen))


def _tables(report: ErrorReport, chosen: Chosen) -> Iterator[Table]:
    if not chosen:
        yield error_tables.accuracy(report)
        yield error_tables.confused(report)
        if len(report.models) > 1:
            yield error_tables.agreement(report)
        if report.words and report.is_annotated:
            yield error_tables.suspects(report)
        return
    if len(chosen.right) == len(chosen.wrong) == 1:
        yield error_tables.confused_by_one(report, chosen.wrong[0], chosen.right[0])
    yield error_tables.tokens(report, chosen)
