"""`seqbench spans RUN...`: the results of runs counted in spans, not tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seqbench.cli import options
from seqbench.cli.commands.show import check_labels
from seqbench.errors import UsageError
from seqbench.results.rows import Results, read
from seqbench.results.store import Store

if TYPE_CHECKING:
    from seqbench.comparing.span_scores import SpanRow

_EXAMPLES = """
\b
Examples:
  seqbench spans runs/chunks
  seqbench spans runs/chunks --per-type --confusion baseline
  seqbench spans runs/chunks --policy strict --scheme IOB2
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The options of one call."""

    runs: tuple[Path, ...]
    scheme: str | None
    policy: str
    per_type: bool
    confusion: tuple[str, ...]
    form: str


@click.command("spans", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option("--scheme", metavar="NAME", help="IOB1, IOB2, IOE1, IOE2, IOBES, BILOU or BMES; detected if left out.")
@click.option(
    "--policy", default="conlleval", show_default=True, metavar="conlleval|strict", help="How illegal tags are read."
)
@click.option("--per-type", is_flag=True, help="Print the scores of each type too.")
@click.option("--confusion", metavar="LABEL", multiple=True, help="Print which types a model confuses too.")
@options.form
def command(**given: Any) -> None:
    """Precision, recall and F1 of spans (chunks, entities), and what became of each span.

    A span is right if its first token, last token and type are. Tags that no scheme allows are read as conlleval does
    (and seqeval, unless told otherwise), or strictly: then only spans written as the scheme writes them count.
    """
    from seqbench.comparing.span_scores import Asked, span_rows
    from seqbench.spans import scheme

    wanted = Wanted(**given)
    stores = [Store.open(folder) for folder in wanted.runs]
    results = read(stores)
    check_labels(wanted.confusion, [row.model for row in results.rows])
    rows = span_rows(stores, results, Asked(scheme(wanted.scheme) if wanted.scheme else None, wanted.policy))
    if not rows:
        raise UsageError(_nothing(results))
    click.echo(_printed(results, rows, wanted))


def _printed(results: Results, rows: Sequence[SpanRow], wanted: Wanted) -> str:
    from seqbench.reporting import span_tables
    from seqbench.reporting.table import json_text, rendered

    if wanted.form == "json":
        content = {**results.as_json(), "rows": [span_tables.as_json(one) for one in rows]}
        return json_text({name: content[name] for name in ("seqbench", "datasets", "rows")})
    shown = []
    for dataset in results.datasets:
        if same := [one for one in rows if one.row.fingerprint == dataset["fingerprint"]]:
            shown.append(span_tables.overview(same))
            shown += [span_tables.per_type(one) for one in same if wanted.per_type]
            shown += [span_tables.confusion(one) for one in same if one.row.model in wanted.confusion]
    return "\n\n".join(rendered(table, wanted.form) for table in shown)


def _nothing(results: Results) -> str:
    """Why there is no span to count."""
    finished = [row.dataset for row in results.rows if row.status != "failed"]
    if not finished:
        return "no trial of these runs is finished; there is nothing to count"
    return (
        f"the tags of {finished[0]!r} are no spans in a scheme that is known; spans are written like B-NP, I-NP and O. "
        "Name their scheme with --scheme, or run on another column of the data with 'PATH?tags=COLUMN'"
    )
