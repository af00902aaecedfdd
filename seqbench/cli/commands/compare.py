"""`seqbench compare RUN...`: which differences between models are real, for these models and for their learners."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo, echo_rendered
from seqbench.comparing.gate import gate
from seqbench.contracts.metric import SpanSettings
from seqbench.errors import UsageError
from seqbench.reporting.comparison_report import Comparable, Question, as_json, comparable, comparison_texts
from seqbench.reporting.number_format import counted
from seqbench.reporting.rank_diagram import as_svg
from seqbench.reporting.side_by_side import uncollected
from seqbench.results.listing import Listing
from seqbench.results.rows import read_results
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench compare runs/first
  seqbench compare runs/first runs/second --against baseline
  seqbench compare runs/first --metric macro_f1 --metric span-f1
  seqbench compare runs/first --against baseline --per-tag
  seqbench compare runs/six-corpora --diagram ranks.svg
  seqbench compare runs/old runs/new --fail-if-worse accuracy
"""
_OLD_AND_NEW = 2


@click.command("compare", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@options.against
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    default=("accuracy",),
    show_default=True,
    metavar="NAME",
    help="Compare by this score; repeatable. Scores of the table, or registered metrics that can be recounted.",
)
@click.option("--per-tag", is_flag=True, help="Test the F1 of each tag too, corrected for the number of tests.")
@click.option(
    "--fail-if-worse",
    "gate_metric",
    metavar="METRIC",
    help="Exit with 1 if a model of the second run is worse than in the first: question (a), Holm, 5 %.",
)
@click.option(
    "--diagram",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg",
    help="Draw the mean ranks over several datasets, with what is not told apart.",
)
@options.scheme
@options.policy
@options.without_type
@options.plugin
@options.form
def command(  # noqa: PLR0913 -- click hands over one argument an option
    *,
    runs: tuple[Path, ...],
    against: str | None,
    metrics: tuple[str, ...],
    per_tag: bool,
    gate_metric: str | None,
    plugins: tuple[Path, ...],
    form: str,
    diagram: Path | None,
    scheme: str | None,
    policy: str,
    without_types: tuple[str, ...],
) -> int:
    """Test the differences between the models of runs on the same data.

    Two questions are kept apart: (a) are these trained models better on text like this test set, (b) are these ways of
    learning better, whatever the seed.
    """
    if gate_metric and len(runs) != _OLD_AND_NEW:
        raise UsageError(f"--fail-if-worse takes two runs, the old and the new one; got {len(runs)}")
    spans = options.spans_of(scheme, policy, without_types)
    question = Question(against, tuple(dict.fromkeys(metrics)), per_tag, spans if spans != SpanSettings() else None)
    stores, registry = [Store.open(folder) for folder in runs], options.registry_of(plugins)
    with uncollected():
        compared = comparable(stores, registry, question)
        _tell_of_unfinished(compared.listing)
        texts = [as_json(compared, registry)] if form == "json" else comparison_texts(compared, form)
        for text in texts:
            echo_rendered(text)
    _tell_of_nothing(compared.listing)
    if diagram:
        _draw(diagram, compared)
    if gate_metric:
        old, new = stores
        of_gate = Question(metrics=(gate_metric,), spans=question.spans)
        return _gate(comparable(stores, registry, of_gate), old, new)
    return 0


def _tell_of_unfinished(listing: Listing) -> None:
    """Say which models the tables leave out, and why."""
    for row in read_results(listing).rows if not all(model.complete for model in listing.models) else ():
        if row.status != "finished":
            seeds = f"{len(row.failures)} of {counted(len(row.seeds), 'seed')}"
            what = f"{listing.names[row.key]} is not compared on {row.dataset.name}: {seeds} not finished"
            echo(f"note: {what}; {row.failures[0].error}", err=True)


def _tell_of_nothing(listing: Listing) -> None:
    complete = [[m for m in listing.models_of(d.fingerprint) if m.complete] for d in listing.datasets]
    if all(len(models) <= 1 for models in complete):
        echo("nothing to compare: it takes two models that are finished on the same data", err=True)


def _draw(path: Path, compared: Comparable) -> None:
    ranked = next(compared.rankings(read_results(compared.listing)), None)
    if ranked is None:
        raise UsageError("--diagram takes two or more datasets, and two or more models that finished on all of them")
    try:
        path.write_text(as_svg(ranked, compared.names), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the diagram {str(path)!r}: {error.strerror or error}") from error


def _gate(compared: Comparable, old: Store, new: Store) -> int:
    """Say which models are worse in the new run than in the old one; the exit code says whether any is."""
    listing = compared.listing
    each = [p for dataset in listing.datasets if (p := compared.predictions(dataset)) is not None]
    result = gate(listing, [m for predictions in each for m in compared.measured(predictions)], old, new)
    datasets = {dataset.fingerprint: dataset.name for dataset in listing.datasets}
    for model in result.unfinished:
        echo(f"worse: {listing.names[model.key]} did not finish on {datasets[model.fingerprint]}", err=True)
    for c in result.worse:
        size = f"by {100 * c.difference:.2f} points of {c.metric} (p = {c.p_adjusted:.4f})"
        echo(f"worse: {listing.names[c.b]} than {listing.names[c.a]} on {c.dataset} {size}", err=True)
    return int(not result.passed)
