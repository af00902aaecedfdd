"""Notes beside a comparison: what the tables leave out, what does not apply, and what is taken as independent."""

from __future__ import annotations

from collections.abc import Sequence

from seqbench.cli.terminal import echo
from seqbench.reporting.comparison_report import Comparable
from seqbench.reporting.number_format import counted
from seqbench.reporting.span_verdict import best_by_spans
from seqbench.results.listing import Listing
from seqbench.results.rows import read_results
from seqbench.scoring.selection import SPAN_F1


def tell_of_unfinished(listing: Listing) -> None:
    """Say which models the tables leave out, and why."""
    for row in read_results(listing).rows if not all(model.complete for model in listing.models) else ():
        if row.status != "finished":
            seeds = f"{len(row.failures)} of {counted(len(row.seeds), 'seed')}"
            what = f"{listing.names[row.key]} is not compared on {row.dataset.name}: {seeds} not finished"
            echo(f"note: {what}; {row.failures[0].error}", err=True)


def tell_of_what_is_missing(compared: Comparable) -> bool:
    """Whether nothing is compared; that is said, and what is taken as independent."""
    nothing = _tell_of_nothing(compared.listing)
    _tell_of_sentences(compared.unmarked)
    if tuple(compared.question.metrics) == ("accuracy",):
        _tell_of_spans(compared)
    return nothing


def _tell_of_nothing(listing: Listing) -> bool:
    """Whether no dataset has two finished models, so that nothing is compared; that is said."""
    complete = [[m for m in listing.models_of(d.fingerprint) if m.complete] for d in listing.datasets]
    nothing = all(len(models) <= 1 for models in complete)
    if nothing:
        echo("nothing to compare: it takes two models that are finished on the same data", err=True)
    return nothing


def _tell_of_sentences(unmarked: Sequence[str]) -> None:
    """Say, once, where sentences are taken as independent since nothing tells which belong together."""
    if unmarked:
        where = ", ".join(unmarked)
        way = "mark them if several sentences come from one text (# newdoc, -DOCSTART-)"
        echo(f"note: no documents are marked in {where}: its sentences are taken as independent; {way}", err=True)


def _tell_of_spans(compared: Comparable) -> None:
    """Say who is best by the F1 of spans where accuracy is asked for; not of each fold."""
    if SPAN_F1 not in compared.listing.metrics:
        return
    results = read_results(compared.listing)
    for dataset in compared.alone:
        if by_spans := best_by_spans(results.rows_of(dataset.fingerprint), results.names):
            echo(f"note: {dataset.name}: {by_spans}", err=True)


def all_apply(compared: Comparable) -> bool:
    """Whether each metric applies to a dataset; those that do not are named."""
    unused = [name for name in compared.question.metrics if not compared.applies(name)]
    for name in unused:
        echo(f"metric {name!r} does not apply to any of these datasets: nothing is compared by it", err=True)
    return not unused
