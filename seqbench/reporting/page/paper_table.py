"""Tables for papers: models in rows and datasets in columns, and the hyperparameters of each model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean

from seqbench.comparing.across_splits import pooled
from seqbench.comparing.comparison import IDENTICAL, SAME
from seqbench.registry.specs import parse
from seqbench.reporting.comparison_findings import Findings
from seqbench.reporting.comparison_words import QUESTION_PHRASES
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.summary import asked
from seqbench.reporting.table import ABSENT, Table
from seqbench.results.model_names import ModelKey

LATEX = "latex"
"""The format that papers are written in."""
_BEST = "* best of its column"
_TYPED = "(..., typed in): accuracy from %s; of these nothing was run, checked or tested here"


def scores_for_papers(findings: Findings) -> Table:
    """The table of all datasets of these findings; splits of one dataset are one column."""
    together = pooled(findings.results)
    compared = {d.name: [c for c in findings.comparisons if c.dataset == d.name] for d in together.datasets}
    return paper_table(
        [DatasetReport(dataset=d, results=together, comparisons=compared[d.name]) for d in together.datasets]
    )


def paper_table(reports: Sequence[DatasetReport]) -> Table:
    """The table of these datasets, the models in the order of their mean over all."""
    names = {key: name for report in reports for key, name in report.names.items()}
    models = sorted(dict.fromkeys(row.key for report in reports for row in report.rows), key=_order(reports))
    columns = [_cells(report) for report in reports]
    second = {(models.index(key), j) for j, report in enumerate(reports, 1) for key in _placed(report, 1)}
    tied = {(models.index(key), j) for j, report in enumerate(reports, 1) for key in _tied(report)}
    rows = [[names[model], *(column.get(model, ABSENT) for column in columns)] for model in models]
    over = list(dict.fromkeys(r.over or "seeds" for r, cells in zip(reports, columns, strict=True) if _spread(cells)))
    return Table(
        "test accuracy in %" + (f", mean ± standard deviation over {' or '.join(over)}" if over else ""),
        ["model", *(report.dataset.name for report in reports)],
        [*rows, *_typed_in(reports)],
        list(_notes(reports, rows, tied={j for _, j in tied})),
        second=frozenset(second),
        tied=frozenset(tied),
    )


def hyperparameter_table(findings: Findings) -> Table:
    """An appendix: the hyperparameters of each model, those at their defaults too."""
    results = findings.results
    named = {results.name(row): row.spec for row in results.rows}
    specs = {name: parse(spec) for name, spec in named.items() if not spec.startswith("external(")}
    rows = [
        [name if not number else "", field, str(value)]
        for name, spec in specs.items()
        for number, (field, value) in enumerate(sorted(spec.fields.items()) or [(ABSENT, ABSENT)])
    ]
    columns = ["model", "hyperparameter", "value"]
    return Table("hyperparameters of each model", columns, rows, texts=columns[1:])


def _notes(reports: Sequence[DatasetReport], rows: Sequence[Sequence[str]], tied: set[int]) -> Iterator[str]:
    """Meaning of the marks of the table and of its typed-in rows, and the question that each dataset answers."""
    cells = [cell for row in rows for cell in row[1:]]
    if any(cell.startswith("*") for cell in cells):
        yield _BEST
    if ABSENT in cells:
        yield f"{ABSENT}: not run on this dataset, or not all seeds are finished"
    typed = [file for report in reports for file in (t.file for t in report.results.typed_in(report.dataset.name))]
    yield from (_TYPED % file for file in dict.fromkeys(typed))
    for number, report in enumerate(reports, 1):
        if number in tied:
            yield f"not told apart in {report.dataset.name}: {QUESTION_PHRASES[asked(report)[0]]}"


def _typed_in(reports: Sequence[DatasetReport]) -> list[list[str]]:
    """Rows of accuracies that were typed in, marked so."""
    columns = [{t.model: t.accuracy for t in r.results.typed_in(r.dataset.name)} for r in reports]
    models = dict.fromkeys(model for column in columns for model in column)
    return [
        [f"({m}, typed in)", *(f"{100 * column[m]:.2f}" if m in column else ABSENT for column in columns)]
        for m in models
    ]


def _order(reports: Sequence[DatasetReport]) -> Callable[[ModelKey], tuple[int, float]]:
    """Models with a score on most datasets first, and of equally many the best on average."""
    means: dict[ModelKey, list[float]] = {}
    for report in reports:
        for row in report.rows:
            mean = row.scores["accuracy"].mean
            means.setdefault(row.key, []).extend([] if mean is None else [mean])
    return lambda key: (-len(means[key]), -fmean(means[key] or [0.0]))


def _placed(report: DatasetReport, rank: int) -> list[ModelKey]:
    """The models of the best score (0) or the second best (1) as printed; none where all are equal."""
    means = {row.key: row.scores["accuracy"].mean for row in report.rows}
    shown = {key: round(mean, 4) for key, mean in means.items() if mean is not None}
    distinct = sorted(set(shown.values()), reverse=True)
    return [key for key, mean in shown.items() if mean == distinct[rank]] if len(distinct) > 1 else []


def _cells(report: DatasetReport) -> dict[ModelKey, str]:
    """The cell of each model that has a score."""
    scored = {row.key: row.scores["accuracy"] for row in report.rows}
    best = _placed(report, 0)
    return {
        key: f"{'*' if key in best else ''}{100 * score.mean:.2f}"
        + (f" ± {100 * score.std:.2f}" if score.std is not None else "")
        for key, score in scored.items()
        if score.mean is not None
    }


def _spread(cells: Mapping[ModelKey, str]) -> bool:
    """Whether a cell has more than a mean."""
    return any("±" in cell for cell in cells.values())


def _tied(report: DatasetReport) -> set[ModelKey]:
    """The models that are not told apart from the first."""
    first = next((row.key for row in report.rows if row.scores["accuracy"].mean is not None), None)
    alike = [c for c in asked(report)[1] if first in (c.a, c.b) and c.relation in (SAME, IDENTICAL)]
    return {c.b if c.a == first else c.a for c in alike}
