"""`seqbench compare RUN...`: which differences between models are real, for these models and for their learners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.comparison_notes import all_apply, tell_of_unfinished, tell_of_what_is_missing
from seqbench.cli.published_scores import ScoreTable, compare_scores, draw
from seqbench.cli.terminal import echo, echo_rendered
from seqbench.comparing.gate import Gate
from seqbench.comparing.gate_measures import GateMeasure, is_score
from seqbench.comparing.statistics.rank_tests import HOLM, PROCEDURES
from seqbench.comparing.unit_counts import Measured
from seqbench.contracts.metric import SpanSettings
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import as_json, findings
from seqbench.reporting.comparison_report import Comparable, Question, comparable
from seqbench.reporting.comparison_texts import comparison_texts
from seqbench.reporting.gate_summary import gate_lines, write_summary
from seqbench.reporting.page.paper_table import scores_for_papers
from seqbench.reporting.side_by_side import uncollected
from seqbench.reporting.table import for_papers, paper
from seqbench.results.predictions import Predictions
from seqbench.results.rows import read_results
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench compare runs/first
  seqbench compare runs/first runs/second --against baseline
  seqbench compare runs/first --metric macro_f1 --metric span-f1
  seqbench compare runs/first --against baseline --per-tag
  seqbench compare runs/first --rope 0.2
  seqbench compare runs/first --multiverse
  seqbench compare runs/six-corpora --diagram ranks.svg
  seqbench compare --scores published.csv --ranking nemenyi
  seqbench compare runs/old runs/new --fail-if-worse accuracy \\
      --summary gate.md
"""
_OLD_AND_NEW = 2
SENTENCES = "sentences"


@click.command("compare", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path), metavar="RUN...")
@options.scores
@options.against
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    default=("accuracy",),
    show_default=True,
    metavar="NAME",
    help="Compare by this score; repeatable. Scores of the table, registered metrics that can be recounted, or "
    "perplexity of next words.",
)
@click.option("--per-tag", is_flag=True, help="Test the F1 of each tag too, corrected for the number of tests.")
@click.option(
    "--fail-if-worse",
    "gate_metric",
    metavar="METRIC|f1:TAG|log-loss|...",
    help="Exit with 1 if a model of the second run is worse than that of its label in the first, or cannot be held "
    "against it: question (a), Holm over labels and datasets, 5 %. A METRIC may be a slice (accuracy_unknown); beside "
    "metrics there are f1:TAG, log-loss, perplexity, calibration-error and milliseconds.",
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
@options.rope
@click.option("--pairs", is_flag=True, help="Print the tables of all pairs also for more than four models.")
@click.option(
    "--multiverse",
    is_flag=True,
    help="Count in how many other analyses the better of two models is better: other scores, slices, seeds, units.",
)
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
    scores: Path | None,
    against: str | None,
    metrics: tuple[str, ...],
    per_tag: bool,
    gate_metric: str | None,
    summary: Path | None,
    procedure: str,
    rope: float | None,
    pairs: bool,
    multiverse: bool,
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
    learning better, whatever the seed. Exit code 1 if nothing is compared, or one metric applies to no dataset.
    """
    if scores:
        table = ScoreTable(path=scores, procedure=procedure, against=against, rope=rope and rope / 100, diagram=diagram)
        others = {"RUN": runs, "--per-tag": per_tag, "--fail-if-worse": gate_metric, "--summary": summary}
        others |= {"--metric": metrics != ("accuracy",), "--units": units == SENTENCES, "--plugin": plugins}
        others |= {"--pairs": pairs, "--multiverse": multiverse, "--scheme": scheme, "--without-type": without_types}
        return compare_scores(table, form, {**others, "--policy": policy != SpanSettings().policy})
    _check_runs(runs, gate_metric, summary)
    stores, registry = [Store.open(folder) for folder in runs], options.registry_of(plugins)
    with uncollected():
        spans, unique = options.spans_of(scheme, policy, without_types), tuple(dict.fromkeys(metrics))
        reading = Question(sentences=units == SENTENCES, spans=spans if spans != SpanSettings() else None)
        reading = replace(reading, metrics=unique, per_tag=per_tag)
        question = replace(reading, pairs=pairs or None, multiverse=multiverse, rope=rope and rope / 100)
        compared = comparable(stores, registry, replace(question, against=against, procedure=procedure))
        tell_of_unfinished(compared.listing)
        for text in [as_json(compared, registry)] if form == "json" else _texts(compared, registry, form):
            echo_rendered(text)
    nothing = tell_of_what_is_missing(compared)
    if diagram:
        draw(diagram, next(compared.rankings(read_results(compared.listing)), None), compared.names)
    if gate_metric:
        metrics = (gate_metric,) if is_score(gate_metric) else ()
        again = comparable(compared.listing.stores, registry, replace(reading, metrics=metrics))
        return _gate(again, stores, gate_metric, summary)
    return int(nothing or not all_apply(compared))


def _texts(compared: Comparable, registry: Registry, form: str) -> Iterator[str]:
    """The texts of a comparison, after the table of all models and datasets where a format is for papers."""
    if for_papers(form):
        of_all = replace(compared, against=None, question=Question(sentences=compared.question.sentences))
        yield paper(scores_for_papers(findings(of_all, registry)), form) + "\n"
    yield from comparison_texts(compared, form)


def _check_runs(runs: Sequence[Path], gate_metric: str | None, summary: Path | None) -> None:
    """Raises `UsageError` if there are no runs, or not two of them for a gate."""
    if not runs:
        raise UsageError("compare takes one or more runs, or --scores FILE.csv")
    if gate_metric and len(runs) != _OLD_AND_NEW:
        raise UsageError(f"--fail-if-worse takes two runs, the old and the new one; got {len(runs)}")
    if summary and not gate_metric:
        raise UsageError("--summary writes the result of --fail-if-worse METRIC; name a metric too")


def _gate(compared: Comparable, stores: Sequence[Store], metric: str, summary: Path | None) -> int:
    """Say whether a model is worse in the new run than in the old one; the exit code says whether any is."""
    old, new = stores

    def by_score(predictions: Predictions) -> Measured | None:
        return next(compared.measured(compared.with_spans(predictions)), None)

    measure_of = GateMeasure(metric, by_score, sentences=compared.question.sentences)
    result = Gate(compared.listing, old, new, metric, measure_of).result()
    for line in gate_lines(result):
        echo(line, err=True)
    if summary:
        write_summary(summary, result)
    return int(not result.passed)
