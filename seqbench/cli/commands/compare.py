"""`seqbench compare RUN...`: which differences between models are real, for these models and for their learners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from seqbench.cli import options
from seqbench.comparing.comparison import LEVEL, MODEL, Comparison, compare
from seqbench.errors import UsageError
from seqbench.reporting.comparison_report import Examined, Question, comparison_texts, examine
from seqbench.reporting.number_format import counted
from seqbench.reporting.side_by_side import uncollected
from seqbench.results.rows import Results, Row
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
    "gate",
    metavar="METRIC",
    help="Exit with 1 if a model of the second run is worse than in the first: question (a), Holm, 5 %.",
)
@click.option(
    "--diagram",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg",
    help="Draw the mean ranks over several datasets, with what is not told apart.",
)
@options.plugin
@options.form
def command(
    runs: tuple[Path, ...],
    gate: str | None,
    plugins: tuple[Path, ...],
    form: str,
    diagram: Path | None,
    **asked: Any,
) -> int:
    """Test the differences between the models of runs on the same data.

    Two questions are kept apart: (a) are these trained models better on text like this test set, (b) are these ways of
    learning better, whatever the seed.
    """
    question = Question(**{**asked, "metrics": tuple(dict.fromkeys(asked["metrics"]))})
    wanted = tuple(dict.fromkeys([*question.metrics, *([gate] if gate else [])]))
    stores, registry = [Store.open(folder) for folder in runs], options.registry_of(plugins)
    with uncollected():
        examined = examine(stores, registry, wanted, intervals=form == "json")
        _tell_of_unfinished(examined.results)
        for text in comparison_texts(examined, question, form):
            click.echo(text)
    if all(len(one.rows) < 2 for one in examined.evidence):  # noqa: PLR2004 -- a comparison takes two
        click.echo("nothing to compare: it takes two models that are finished on the same data", err=True)
    if diagram:
        _draw(diagram, examined, question)
    return _gate(runs, examined, gate) if gate else 0


def _tell_of_unfinished(results: Results) -> None:
    """What the tables leave out, and why."""
    for row in results.rows:
        if row.status != "finished":
            seeds = f"{len(row.failures)} of {counted(len(row.seeds), 'seed')}"
            what = f"{row.model} is not compared on {row.dataset}: {seeds} not finished"
            click.echo(f"note: {what}; {row.failures[0]['error']}", err=True)


def _draw(place: Path, examined: Examined, question: Question) -> None:
    from seqbench.reporting.rank_diagram import as_svg

    found = next(examined.rankings(question.metrics), None)
    if found is None:
        raise UsageError("--diagram takes two or more datasets, and two or more models that finished on all of them")
    try:
        place.write_text(as_svg(found), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the diagram {str(place)!r}: {error.strerror or error}") from error


def _gate(runs: Sequence[Path], examined: Examined, metric: str) -> int:
    """1 where a model is worse in the second of two runs than in the first, and says which."""
    if len(runs) != 2:  # noqa: PLR2004 -- old and new
        raise UsageError(f"--fail-if-worse takes two runs, the old and the new one; got {len(runs)}")
    old, new = (run.resolve().name for run in runs)
    compared = [c for found in examined.measured([metric]) for c in compare(found) if c.question == MODEL]
    lost = list(_lost(examined.results, f"{old}/", f"{new}/"))
    for row in lost:
        click.echo(f"worse: {row.model} did not finish on {row.dataset}", err=True)
    worse = [c for c in compared if _is_worse(c, old, new)]
    for c in worse:
        size = f"by {100 * c.difference:.2f} points of {c.metric} (p = {c.p_adjusted:.4f})"
        click.echo(f"worse: {c.b} than {c.a} on {c.dataset} {size}", err=True)
    return int(bool(worse or lost))


def _lost(results: Results, old: str, new: str) -> Iterator[Row]:
    """What finished in the old run and not in the new one."""
    rows = {(row.fingerprint, row.model): row for row in results.rows}
    for row in results.rows:
        before = rows.get((row.fingerprint, old + row.model.removeprefix(new)))
        if row.model.startswith(new) and row.status != "finished" and before and before.status == "finished":
            yield row


def _is_worse(c: Comparison, old: str, new: str) -> bool:
    """Whether this is one model, better in the old run, and not by chance (`a` is the better one)."""
    same_model = c.a.removeprefix(f"{old}/") == c.b.removeprefix(f"{new}/") != c.b
    return same_model and c.p_adjusted is not None and c.p_adjusted <= LEVEL
