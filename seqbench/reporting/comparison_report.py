"""A whole comparison of runs: what can be compared in them, and the tables and JSON that tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from itertools import chain

from seqbench.comparing import across_splits
from seqbench.comparing.across_datasets import Ranking, ranking
from seqbench.comparing.across_splits import Group, groups, pooled
from seqbench.comparing.comparison import Comparison, compare, refuse_different_data, with_intervals
from seqbench.comparing.evidence import Evidence, Measured, evidence
from seqbench.comparing.per_tag import scan
from seqbench.contracts.metric import Countable
from seqbench.errors import unknown
from seqbench.registry.discovery import Registry
from seqbench.reporting import verdict_tables
from seqbench.reporting.across_datasets_tables import of_splits, ranks
from seqbench.reporting.rank_diagram import as_svg, as_text
from seqbench.reporting.side_by_side import side_by_side
from seqbench.reporting.table import Table, json_text, rendered
from seqbench.results.rows import Results, read
from seqbench.results.store import Store
from seqbench.scoring.metrics_from_counts import CORE, countables


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


def examine(
    stores: Sequence[Store], registry: Registry, metrics: Sequence[str] = (), *, intervals: bool = True
) -> Examined:
    """What runs found and what their models predicted; `UsageError` for a metric that cannot be recounted.

    Without `intervals` none are taken of all scores, which only json shows, and which takes long.
    """
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
    _refuse_unknown(examined.results, question.against)
    comparisons = [c for found in examined.measured(question.metrics) for c in compare(found, question.against)]
    comparisons += [c for group in examined.groups for c in _over_splits(group, examined, question)]
    if question.per_tag:
        comparisons += [c for one in examined.evidence for c in scan(one, question.against)]
    rankings = [ranking.as_json() for ranking in examined.rankings(question.metrics)]
    return json_text({**examined.results.as_json([asdict(c) for c in comparisons]), "rankings": rankings})


def _over_splits(group: Group, examined: Examined, question: Question) -> Iterator[Comparison]:
    for metric in question.metrics:
        yield from across_splits.compare(group, examined.results, metric, question.against)


def comparison_texts(examined: Examined, question: Question, form: str) -> list[str]:
    """Tables for each dataset with two models, or all of it as json.

    All are made before the first can be printed: a broken file is told alone.
    """
    if form == "json":
        return [as_json(examined, question)]
    _refuse_unknown(examined.results, question.against)
    of_all: Callable[[], list[str]] = partial(_of_all, examined, question, form)  # the longest: it is begun first
    parts = [of_all, *_parts(examined, question, form)]
    if all(name in CORE for name in question.metrics):
        last, *others = side_by_side(lambda part: part(), parts)
    else:  # what a plugin's metric uses need not survive a fork
        last, *others = [part() for part in parts]
    return list(chain.from_iterable([*others, last]))


def _of_all(examined: Examined, question: Question, form: str) -> list[str]:
    """What all datasets say together, with the diagram where it can be drawn; reads every trial."""
    texts = []
    for found in examined.rankings(question.metrics):
        texts += _texts(ranks(found), form)
        if form == "table":
            texts.append(as_text(found) + "\n")
        elif form == "html":
            texts.append(as_svg(found))
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
    texts = []
    for name in question.metrics:
        found = one.measured(name, examined.metrics[name])
        if found is not None and (comparisons := compare(found, question.against)):
            standing = verdict_tables.standing(found, comparisons, question.against)
            texts += _texts([standing, *verdict_tables.pairs(found, comparisons)], form)
    return texts


def _of_splits(group: Group, examined: Examined, question: Question, form: str) -> list[str]:
    """The pairs over all splits."""
    over = list(_over_splits(group, examined, question))
    return _texts([of_splits(over)], form) if over else []


def _of_tags(one: Evidence, question: Question, form: str) -> list[str]:
    """The F1 of each tag."""
    tests = scan(one, question.against)
    return _texts([verdict_tables.scanned(one, tests)], form) if tests else []


def _texts(drawn_up: Iterable[Table], form: str) -> list[str]:
    return [rendered(table, form) + "\n" for table in drawn_up]
