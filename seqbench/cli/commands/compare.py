"""`seqbench compare RUN...`: which differences between models are real, for these models and for their learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo, echo_rendered
from seqbench.comparing.gate import Gate
from seqbench.comparing.statistics.rank_tests import HOLM, PROCEDURES
from seqbench.contracts.metric import SpanSettings
from seqbench.errors import UsageError
from seqbench.reporting.comparison_findings import as_json
from seqbench.reporting.comparison_report import Comparable, Question, comparable
from seqbench.reporting.comparison_texts import comparison_texts
from seqbench.reporting.gate_summary import gate_lines, write_summary
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
  seqbench compare runs/old runs/new --fail-if-worse accuracy --summary gate.md
"""
_OLD_AND_NEW = 2
SENTENCES = "sentences"


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
    help="Exit with 1 if a model of the second run is worse than that of its label in the first, or cannot be held "
    "against it: question (a), Holm over labels and datasets, 5 %.",
)
@click.option(
    "--summary",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.md|FILE.xml",
    help="Write the result of --fail-if-worse as Markdown or for JUnit.",
)
@click.option(
    "--ranking",
    "procedure",
    type=click.Choice(PROCEDURES),
    default=HOLM,
    show_default=True,
    help="Test of pairs over several datasets: Wilcoxon's with Holm's or Shaffer's correction, or Nemenyi's.",
)
@click.option("--pairs", is_flag=True, help="Print the tables of all pairs also for more than four models.")
@click.option(
    "--units",
    type=click.Choice(("auto", SENTENCES)),
    default="auto",
    show_default=True,
    help="What is resampled: documents where they are marked, or sentences as if they were independent.",
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
    summary: Path | None,
    procedure: str,
    pairs: bool,
    units: str,
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
    if summary and not gate_metric:
        raise UsageError("--summary writes the result of --fail-if-worse METRIC; name a metric too")
    stores, registry = [Store.open(folder) for folder in runs], options.registry_of(plugins)
    with uncollected():
        spans, unique = options.spans_of(scheme, policy, without_types), tuple(dict.fromkeys(metrics))
        reading = Question(sentences=units == SENTENCES, spans=spans if spans != SpanSettings() else None)
        reading = replace(reading, metrics=unique, per_tag=per_tag, pairs=pairs or None)
        question = replace(reading, against=against, procedure=procedure)
        compared = comparable(stores, registry, question)
        _tell_of_unfinished(compared.listing)
        texts = [as_json(compared, registry)] if form == "json" else comparison_texts(compared, form)
        for text in texts:
            echo_rendered(text)
    _tell_of_nothing(compared.listing)
    _tell_of_sentences(compared.unmarked)
    if diagram:
        _draw(diagram, compared)
    if gate_metric:
        question = replace(reading, metrics=(gate_metric,))
        return _gate(comparable(stores, registry, question), stores, gate_metric, summary)
    return int(not _all_apply(compared))


def _all_apply(compared: Comparable) -> bool:
    """Whether each metric applies to a dataset; those that do not are named."""
    unused = [name for name in compared.question.metrics if not compared.applies(name)]
    for name in unused:
        echo(f"metric {name!r} does not apply to any of these datasets: nothing is compared by it", err=True)
    return not unused


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


def _tell_of_sentences(unmarked: Sequence[str]) -> None:
    """Say, once, where sentences are taken as independent since nothing tells which belong together."""
    if unmarked:
        where = ", ".join(unmarked)
        echo(f"note: no documents are marked in {where}: its sentences are taken as independent", err=True)


def _draw(path: Path, compared: Comparable) -> None:
    ranked = next(compared.rankings(read_results(compared.listing)), None)
    if ranked is None:
        raise UsageError("--diagram takes two or more datasets, and two or more models that finished on all of them")
    try:
        path.write_text(as_svg(ranked, compared.names), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the diagram {str(path)!r}: {error.strerror or error}") from error


def _gate(compared: Comparable, stores: Sequence[Store], metric: str, summary: Path | None) -> int:
    """Say whether a model is worse in the new run than in the old one; the exit code says whether any is."""
    old, new = stores
    result = Gate(
        compared.listing, old, new, metric, lambda p: next(compared.measured(compared.with_spans(p)), None)
    ).result()
    for line in gate_lines(result):
        echo(line, err=True)
    if summary:
        write_summary(summary, result)
    return int(not result.passed)
