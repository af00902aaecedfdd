"""`seqbench spans RUN...`: the results of runs counted in spans, not tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo_rendered
from seqbench.comparing.span_scores import SpanReading, SpanRow, span_rows
from seqbench.errors import UsageError
from seqbench.reporting import span_tables
from seqbench.reporting.table import json_text, rendered
from seqbench.results.listing import Listing, list_runs
from seqbench.results.model_names import key_named
from seqbench.results.rows import dataset_as_json
from seqbench.results.store import Store
from seqbench.version import __version__

_EXAMPLES = """
\b
Examples:
  seqbench spans runs/chunks
  seqbench spans runs/chunks --per-type --confusion baseline
  seqbench spans runs/chunks --policy strict --scheme IOB2
"""


@dataclass(frozen=True, kw_only=True)
class SpanOptions:
    """Options of a call."""

    runs: tuple[Path, ...]
    scheme: str | None
    policy: str | None
    without_types: tuple[str, ...]
    per_type: bool
    confusion: tuple[str, ...]
    form: str


@click.command("spans", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@options.scheme
@click.option("--policy", metavar="conlleval|strict", help="How illegal tags are read; as in the run if left out.")
@options.without_type
@click.option("--per-type", is_flag=True, help="Print the scores of each type too.")
@click.option("--confusion", metavar="LABEL", multiple=True, help="Print which types a model confuses too.")
@options.form
def command(**arguments: Any) -> None:
    """Precision, recall and F1 of spans (chunks, entities), and what became of each span.

    A span is right if its first token, last token and type are. Tags that no scheme allows are read as conlleval does
    (and seqeval, unless told otherwise), or strictly: then only spans written as the scheme writes them count.
    """
    settings = SpanOptions(**arguments)
    listing = list_runs([Store.open(folder) for folder in settings.runs])
    confusion_of = {key_named(text, listing.names) for text in settings.confusion}
    rows = span_rows(listing, SpanReading(settings.scheme, settings.policy, settings.without_types))
    if not rows:
        raise UsageError(_why_no_spans(listing))
    if settings.form == "json":
        echo_rendered(_json(listing, rows))
        return
    shown = []
    for dataset in listing.datasets:
        if same := [row for row in rows if row.dataset.fingerprint == dataset.fingerprint]:
            names = [listing.names[row.model.key] for row in same]
            named = list(zip(same, names, strict=True))
            shown.append(span_tables.overview(same, listing.names))
            shown += [span_tables.per_type(row, name) for row, name in named if settings.per_type]
            shown += [span_tables.type_confusion(row, name) for row, name in named if row.model.key in confusion_of]
    echo_rendered("\n\n".join(rendered(table, settings.form) for table in shown))


def _json(listing: Listing, rows: Sequence[SpanRow]) -> str:
    return json_text(
        {
            "seqbench": __version__,
            "datasets": [dataset_as_json(dataset) for dataset in listing.datasets],
            "rows": [span_tables.as_json(row, listing.names[row.model.key]) for row in rows],
        }
    )


def _why_no_spans(listing: Listing) -> str:
    """Reason why there is no span to count."""
    names = {dataset.fingerprint: dataset.name for dataset in listing.datasets}
    finished = [names[model.fingerprint] for model in listing.models if any(model.finished)]
    if not finished:
        return "no trial of these runs is finished; there is nothing to count"
    return (
        f"the tags of {finished[0]!r} are no spans in a scheme that is known; spans are written like B-NP, I-NP and O. "
        "Name their scheme with --scheme, or run on another column of the data with 'PATH?tags=COLUMN'"
    )
