"""`seqbench compare RUN...`: which differences between models are real, for these models and for their learners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seqbench.cli import options
from seqbench.cli.collecting import uncollected
from seqbench.comparing import across_splits
from seqbench.comparing.across_datasets import Ranking, ranking
from seqbench.comparing.across_splits import Group, groups, pooled
from seqbench.comparing.comparison import LEVEL, MODEL, Comparison, compare, refuse_different_data, with_intervals
from seqbench.comparing.evidence import Evidence, Measured, evidence
from seqbench.errors import UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.reporting.number_format import counted
from seqbench.reporting.side_by_side import side_by_side
from seqbench.results.rows import Results, Row, read
from seqbench.results.store import Store
from seqbench.scoring.metrics import Countable

if TYPE_CHECKING:
    from seqbench.reporting.table import Table

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


@dataclass(frozen=True)
class Question:
    """What to compare: each model with one only, or all pairs; by which metrics; each tag too."""

    against: str | None = None
    metrics: Sequence[str] = ("accuracy",)
    per_tag: bool = False


@dataclass(frozen=True)
class Examined:
    """The results of runs, with intervals, and what can be compared in them by which metrics."""

    results: Results
    evidence: Sequence[Evidence]
    metrics: Mapping[str, Countable]

    @cached_property
    def groups(self) -> list[Group]:
        """The datasets that are splits of one."""
        return groups(self.results)

    def rankings(self, names: Sequence[str]) -> Iterator[Ranking]:
        """What several datasets say together, by each metric."""
        overall = pooled(self.results)
        for name in names:
            if (found := ranking(overall, name)) is not None:
                yield found

    def measured(self, names: Sequence[str]) -> Iterator[Measured]:
        """Dataset by dataset, metric by metric; a metric that does not apply to a dataset is left out."""
        for one in self.evidence:
            for name in names:
                if (found := one.measured(name, self.metrics[name])) is not None:
                    yield found


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
        print_comparisons(examined, question, form)
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


def examine(
    stores: Sequence[Store], registry: Registry, metrics: Sequence[str] = (), *, intervals: bool = True
) -> Examined:
    """What runs found and what their models predicted; `UsageError` for a metric that cannot be recounted.

    Without `intervals` none are taken of all scores, which only json shows, and which takes long.
    """
    from seqbench.scoring.metrics_from_counts import countables

    results = read(stores)
    refuse_different_data(results)
    found = evidence(stores, results)
    rows = results.rows if intervals else ()
    names = {name for row in rows for name, score in row.metrics.items() if score.mean is not None}
    known = countables(registry, [*metrics, *sorted(names)], asked=metrics)
    return Examined(with_intervals(results, found, known) if intervals else results, found, known)


def _refuse_unknown(results: Results, against: str | None) -> None:
    """`UsageError` where nothing finished under the label that all is to be compared with."""
    finished = dict.fromkeys(row.model for row in results.rows if row.status == "finished")
    if against is not None and against not in finished:
        raise unknown("finished model", against, finished, listed="Labels")


def as_json(examined: Examined, question: Question) -> str:
    """The JSON contract with all comparisons."""
    from seqbench.comparing.per_tag import scan
    from seqbench.reporting import table as tables

    _refuse_unknown(examined.results, question.against)
    comparisons = [c for found in examined.measured(question.metrics) for c in compare(found, question.against)]
    comparisons += [c for group in examined.groups for c in _over_splits(group, examined, question)]
    if question.per_tag:
        comparisons += [c for one in examined.evidence for c in scan(one, question.against)]
    rankings = [ranking.as_json() for ranking in examined.rankings(question.metrics)]
    return tables.as_json({**examined.results.as_json([asdict(c) for c in comparisons]), "rankings": rankings})


def _over_splits(group: Group, examined: Examined, question: Question) -> Iterator[Comparison]:
    for metric in question.metrics:
        yield from across_splits.compare(group, examined.results, metric, question.against)


def print_comparisons(examined: Examined, question: Question, form: str) -> None:
    """Tables for each dataset with two models, or all of it as json."""
    from seqbench.scoring.metrics_from_counts import CORE

    if form == "json":
        click.echo(as_json(examined, question))
        return
    _refuse_unknown(examined.results, question.against)
    of_all: Callable[[], list[str]] = partial(_of_all, examined, question, form)  # the longest: it is begun first
    parts = [of_all, *_parts(examined, question, form)]
    if all(name in CORE for name in question.metrics):
        last, *others = side_by_side(lambda part: part(), parts)
    else:  # what a plugin's metric uses need not survive a fork
        last, *others = [part() for part in parts]
    for text in chain.from_iterable([*others, last]):  # all before the first is printed: a broken file is told alone
        click.echo(text)


def _of_all(examined: Examined, question: Question, form: str) -> list[str]:
    """What all datasets say together, with the diagram where it can be drawn; reads every trial."""
    from seqbench.reporting import across_datasets_tables as across_tables
    from seqbench.reporting import rank_diagram as diagrams

    texts = []
    for found in examined.rankings(question.metrics):
        texts += _texts(across_tables.ranks(found), form)
        if form == "table":
            texts.append(diagrams.as_text(found) + "\n")
        elif form == "html":
            texts.append(diagrams.as_svg(found))
    return texts


def _parts(examined: Examined, question: Question, form: str) -> Iterator[Callable[[], list[str]]]:
    """What is printed of each dataset, of the splits of one, and of its tags: each can be worked out beside another."""
    in_groups = {fingerprint for group in examined.groups for fingerprint in group.fingerprints}
    for one in examined.evidence:
        if one.fingerprint not in in_groups:
            yield partial(_of_dataset, one, examined, question, form)
    for group in examined.groups:
        yield partial(_of_splits, group, examined, question, form)
    for one in examined.evidence if question.per_tag else ():
        yield partial(_of_tags, one, question, form)


def _of_dataset(one: Evidence, examined: Examined, question: Question, form: str) -> list[str]:
    """Who stands where by each metric, and the pairs."""
    from seqbench.reporting import verdict_tables as verdict

    texts = []
    for name in question.metrics:
        found = one.measured(name, examined.metrics[name])
        if found is not None and (comparisons := compare(found, question.against)):
            standing = verdict.standing(found, comparisons, question.against)
            texts += _texts([standing, *verdict.pairs(found, comparisons)], form)
    return texts


def _of_splits(group: Group, examined: Examined, question: Question, form: str) -> list[str]:
    """The pairs over all splits."""
    from seqbench.reporting import across_datasets_tables as across_tables

    over = list(_over_splits(group, examined, question))
    return _texts([across_tables.of_splits(over)], form) if over else []


def _of_tags(one: Evidence, question: Question, form: str) -> list[str]:
    """The F1 of each tag."""
    from seqbench.comparing.per_tag import scan
    from seqbench.reporting import verdict_tables as verdict

    tests = scan(one, question.against)
    return _texts([verdict.scanned(one, tests)], form) if tests else []


def _texts(drawn_up: Iterable[Table], form: str) -> list[str]:
    from seqbench.reporting import table as tables

    return [tables.text(table, form) + "\n" for table in drawn_up]
