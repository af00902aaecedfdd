"""A whole comparison of runs as texts: a plain sentence first, then the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from itertools import groupby

import msgspec

from seqbench.comparing.across_splits import Group
from seqbench.comparing.comparison import Comparison, PairTest
from seqbench.comparing.corrected_tests import corrected
from seqbench.comparing.dataset_comparison import DatasetComparison
from seqbench.comparing.per_tag import scan
from seqbench.reporting import multiverse_tables
from seqbench.reporting.across_datasets_tables import ranks
from seqbench.reporting.across_datasets_words import overall_verdict
from seqbench.reporting.across_splits_tables import splits_table, splits_verdict, taken_for_granted, with_the_best
from seqbench.reporting.comparison_report import Comparable
from seqbench.reporting.comparison_tables import pairs, scanned, standing
from seqbench.reporting.comparison_words import verdict
from seqbench.reporting.rank_diagram import as_svg, as_text
from seqbench.reporting.side_by_side import side_by_side
from seqbench.reporting.table import Table, drawing, paragraph, rendered
from seqbench.reporting.table_formats import prints_rows
from seqbench.results.records import DatasetSummary, Json
from seqbench.results.rows import Results, Row
from seqbench.scoring.core_scores import BY_NAME

FEW_MODELS = 4
"""Of more models the tables of all pairs are printed only where they are wanted."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Texts on one dataset, on the splits of one, on its tags, or on all together.

    `texts` are done; `compared` and `tests` wait for a correction over all parts. `rows` are for the tables of all
    datasets together.
    """

    texts: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    compared: tuple[DatasetComparison, ...] = ()
    tests: tuple[PairTest, ...] = ()

    @property
    def all_tests(self) -> list[PairTest]:
        """The tests that are corrected together."""
        return [*(test for dataset in self.compared for test in dataset.tests), *self.tests]


def comparison_texts(runs: Comparable, form: str) -> list[str]:
    """Tables for each dataset with two models, in one of the table's formats.

    All tables are made before the first can be printed: a broken file is told alone. Every trial is read once: by the
    process that compares its dataset, or first, where the scores of splits are pooled.
    """
    several, results = len(runs.listing.datasets) > 1, None
    if several and runs.groups:
        results = runs.results()
    parts = _made(runs, [*_makers(runs, form, scored=several and results is None)])
    if several:
        parts.append(_of_all(runs, results or _joined(runs, parts), form))
    comparisons = iter(
        corrected([test for part in parts for test in part.all_tests], runs.families, runs.question.rope)
    )
    tested = [(part, [next(comparisons) for _ in part.all_tests]) for part in parts]
    return [text for part, of_part in tested for text in _texts_of(runs, part, of_part, form)]


def _made(runs: Comparable, makers: Sequence[Callable[[], Part]]) -> list[Part]:
    """Parts of all makers, made at once unless a plugin's metric is counted: what that uses need not survive a fork."""
    if not all(name in BY_NAME for name in runs.question.metrics):
        return [make() for make in makers]
    import_module("scipy.special")  # once, before processes are forked that all need it
    plain: list[Json] = side_by_side(lambda make: msgspec.to_builtins(make()), makers)
    return msgspec.convert(plain, list[Part])


def _joined(runs: Comparable, parts: Sequence[Part]) -> Results:
    """Results of all datasets with the scores that are compared, from those of each."""
    rows = [row for part in parts for row in part.rows]
    return Results(datasets=runs.listing.datasets, rows=rows, names=runs.names)


def _makers(runs: Comparable, form: str, *, scored: bool) -> Iterator[Callable[[], Part]]:
    """Makers of the parts of each dataset, of the splits of one, and of its tags: all can work at once.

    `scored`: those of a dataset have its rows too.
    """
    in_groups = {fingerprint for group in runs.groups for fingerprint in group.fingerprints}
    for dataset in runs.listing.datasets:
        if dataset.fingerprint not in in_groups:
            yield partial(_of_dataset, runs, dataset, scored=scored)
    for group in runs.groups:
        yield partial(_of_splits, runs, group)
    for dataset in runs.listing.datasets if runs.question.per_tag else ():
        yield partial(_of_tags, runs, dataset, form)
    for dataset in runs.listing.datasets if runs.question.multiverse else ():
        yield partial(_of_analyses, runs, dataset, form)


def _of_all(runs: Comparable, results: Results, form: str) -> Part:
    """Tables of all datasets together, with the diagram if the format can have it; one dataset alone has no rank."""
    texts = []
    for ranked in runs.rankings(results):
        every = runs.against is not None or _all_pairs(runs, len(ranked.models), form)
        texts += _paragraph(overall_verdict(ranked, runs.names), form)
        texts += _rendered(ranks(ranked, runs.names, every=every), form)
        if form == "table":
            texts.append(as_text(ranked, runs.names) + "\n")
        else:
            texts += [svg for svg in [drawing(as_svg(ranked, runs.names), form)] if svg]
    return Part(texts=tuple(texts))


def _of_dataset(runs: Comparable, dataset: DatasetSummary, *, scored: bool) -> Part:
    return Part(compared=tuple(runs.compared(dataset)), rows=tuple(runs.scored(dataset)) if scored else ())


def _of_splits(runs: Comparable, group: Group) -> Part:
    listed = replace(runs, listing=runs.listing.only(group.fingerprints))
    return Part(tests=tuple(runs.over_splits(group, listed.results())))


def _of_tags(runs: Comparable, dataset: DatasetSummary, form: str) -> Part:
    """Table of the F1 of each tag."""
    predictions = runs.predictions(dataset)
    tests = scan(predictions, runs.against) if predictions else []
    table = [scanned(predictions, tests, runs.names)] if predictions and tests else []
    return Part(texts=tuple(_rendered(table, form)))


def _of_analyses(runs: Comparable, dataset: DatasetSummary, form: str) -> Part:
    """A sentence on the closest pair of the best model, and the table of pairs in other analyses."""
    pairs = runs.multiverse(dataset)
    if not pairs:
        return Part()
    leading = multiverse_tables.of_the_first(pairs)
    every = runs.against or _all_pairs(runs, len({model for pair in pairs for model in (pair.a, pair.b)}), form)
    sentence = _paragraph(multiverse_tables.sentence(leading[0], runs.names), form)
    return Part(texts=(*sentence, *_rendered([multiverse_tables.table(pairs if every else leading, runs.names)], form)))


def _all_pairs(runs: Comparable, models: int, form: str) -> bool:
    """Whether tables have all pairs of so many models."""
    return prints_rows(form) or (models <= FEW_MODELS if runs.question.pairs is None else runs.question.pairs)


def _texts_of(runs: Comparable, part: Part, comparisons: Sequence[Comparison], form: str) -> list[str]:
    """The texts of a part whose comparisons are corrected."""
    texts, left = list(part.texts), list(comparisons)
    for dataset in part.compared:
        mine, left = left[: len(dataset.tests)], left[len(dataset.tests) :]
        texts += _texts_of_dataset(runs, replace(dataset, comparisons=mine), form)
    for _metric, of_metric in groupby(left, key=lambda c: c.metric):
        texts += _texts_of_splits(runs, list(of_metric), form)
    return texts


def _texts_of_splits(runs: Comparable, comparisons: Sequence[Comparison], form: str) -> list[str]:
    """A sentence on who is best over the splits of a dataset, and the table of pairs unless none are wanted."""
    verdict_over = splits_verdict(comparisons, runs.names, runs.against)
    if runs.question.pairs is False and not prints_rows(form):
        return _paragraph(verdict_over + taken_for_granted(comparisons), form)
    sentence = _paragraph(verdict_over, form)
    every = runs.against or _all_pairs(runs, len({model for c in comparisons for model in (c.a, c.b)}), form)
    table = splits_table(comparisons if every else with_the_best(comparisons), runs.names, len(comparisons))
    return [*sentence, *_rendered([table], form)]


def _texts_of_dataset(runs: Comparable, dataset: DatasetComparison, form: str) -> list[str]:
    """A sentence on who is best, the table of who stands where, and the pairs if they are few or wanted."""
    tables = [standing(dataset, runs.names, runs.against, tiers=prints_rows(form))]
    if _all_pairs(runs, len(dataset.standings), form):
        tables += pairs(dataset, runs.names)
    return [*_paragraph(verdict(dataset, runs.names, runs.against), form), *_rendered(tables, form)]


def _paragraph(text: str, form: str) -> list[str]:
    """A sentence between tables, safe for its format; none among rows for machines."""
    written = paragraph(text, form)
    return [f"{written}\n"] if written else []


def _rendered(tables: Iterable[Table], form: str) -> list[str]:
    return [rendered(table, form) + "\n" for table in tables]
