"""`seqbench compare RUN...`: which differences between models are real, for these models and for their learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.comparison import (
    LEVEL,
    MODEL,
    Comparison,
    Evidence,
    compare,
    evidence,
    refuse_different_data,
    with_intervals,
)
from seqbench.errors import UsageError
from seqbench.results import Results, read
from seqbench.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench compare runs/first
  seqbench compare runs/first runs/second --against baseline
  seqbench compare runs/old runs/new --fail-if-worse accuracy
"""


@click.command("compare", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option("--against", metavar="LABEL", help="Compare each model with this one only, instead of all pairs.")
@click.option(
    "--fail-if-worse",
    "gate",
    type=click.Choice(["accuracy"]),
    help="Exit with 1 if a model of the second run is worse than in the first: question (a), Holm, 5 %.",
)
@options.form
def command(runs: tuple[Path, ...], against: str | None, gate: str | None, form: str) -> int:
    """Test the differences between the models of runs on the same data.

    Two questions are kept apart: (a) are these trained models better on text like this test set, (b) are these ways of
    learning better, whatever the seed.
    """
    results, found = examined([Store.open(folder) for folder in runs])
    print_comparisons(results, found, form, against)
    return _gate(runs, found) if gate else 0


def _gate(runs: Sequence[Path], found: Sequence[Evidence]) -> int:
    """1 where a model is worse in the second of two runs than in the first, and says which."""
    if len(runs) != 2:  # noqa: PLR2004 -- old and new
        raise UsageError(f"--fail-if-worse takes two runs, the old and the new one; got {len(runs)}")
    old, new = (run.resolve().name for run in runs)
    worse = [c for one in found for c in compare(one) if c.question == MODEL and _is_worse(c, old, new)]
    for c in worse:
        click.echo(
            f"worse: {c.b} than {c.a} on {c.dataset} by {100 * c.difference:.2f} points (p = {c.p_adjusted:.4f})"
        )
    return int(bool(worse))


def _is_worse(c: Comparison, old: str, new: str) -> bool:
    """Whether this is one model, better in the old run, and not by chance (`a` is the better one)."""
    same_model = c.a.removeprefix(f"{old}/") == c.b.removeprefix(f"{new}/") != c.b
    return same_model and c.p_adjusted is not None and c.p_adjusted <= LEVEL


def examined(stores: Sequence[Store]) -> tuple[Results, list[Evidence]]:
    """The results of runs, with intervals, and what can be compared in them."""
    results = read(stores)
    refuse_different_data(results)
    found = evidence(stores, results)
    return with_intervals(results, found), found


def as_json(results: Results, found: Sequence[Evidence], against: str | None = None) -> str:
    """The JSON contract with all comparisons."""
    from seqbench import tables

    comparisons: list[Comparison] = [c for one in found for c in compare(one, against)]
    return tables.as_json(results.as_json([asdict(c) for c in comparisons]))


def print_comparisons(results: Results, found: Sequence[Evidence], form: str, against: str | None = None) -> None:
    """A table for each dataset with two models, or all of it as json."""
    from seqbench import tables, verdict

    if form == "json":
        click.echo(as_json(results, found, against))
        return
    for one in found:
        if comparisons := compare(one, against):
            click.echo(tables.text(verdict.table(one, comparisons), form) + "\n")
