"""A table for papers: models in rows, datasets in columns, in LaTeX with booktabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

from seqbench.comparing.comparison import IDENTICAL, SAME
from seqbench.registry.specs import parse
from seqbench.reporting import safe_text
from seqbench.reporting.comparison_words import QUESTION_PHRASES
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.summary import asked
from seqbench.results.model_names import ModelKey

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
        "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
        "|": r"\textbar{}", '"': r"\char34{}",
    }
)  # fmt: skip
_FIRST, _SECOND, _TIED = r"\textbf{%s}", r"\underline{%s}", r"$^\dagger$"
_NOTES = (
    "% accuracy in %, mean (standard deviation over seeds); needs \\usepackage{booktabs}",
    "% bold: best of a column; underlined: second; dagger: not told apart from the best",
)


def escaped(text: str) -> str:
    """A text on one line in which LaTeX finds no command."""
    return safe_text.line(text).translate(_ESCAPES)


def paper_table(reports: Sequence[DatasetReport]) -> str:
    """The table of these datasets, the models in the order of their mean over all."""
    columns = [_cells(report) for report in reports]
    names = {key: name for report in reports for key, name in report.names.items()}
    models = sorted(dict.fromkeys(row.key for report in reports for row in report.rows), key=_order(reports))
    heads = [escaped(report.dataset.name) for report in reports]
    lines = [
        *_NOTES,
        *(f"% dagger in {escaped(r.dataset.name)}: {QUESTION_PHRASES[asked(r)[0]]}" for r in reports if r.comparisons),
        rf"\begin{{tabular}}{{l{'r' * len(columns)}}}",
        r"\toprule",
        " & ".join(["model", *heads]) + r" \\",
        r"\midrule",
        *(" & ".join([escaped(names[m]), *(column.get(m, "--") for column in columns)]) + r" \\" for m in models),
        *_typed_in(reports),
        r"\bottomrule",
        r"\end{tabular}",
    ]
    return "\n".join(lines) + "\n"


def _typed_in(reports: Sequence[DatasetReport]) -> list[str]:
    """Rows of accuracies that were typed in, under a rule and a comment that says so."""
    columns = [{t.model: t.accuracy for t in r.results.typed_in(r.dataset.name)} for r in reports]
    models = list(dict.fromkeys(model for column in columns for model in column))
    if not models:
        return []
    cells = [[f"{100 * column[m]:.2f}" if m in column else "--" for column in columns] for m in models]
    rows = [" & ".join([rf"{escaped(m)}$^\ast$", *of]) + r" \\" for m, of in zip(models, cells, strict=True)]
    return [r"\midrule", "% asterisk: typed in, neither run nor tested here", *rows]


def hyperparameter_table(reports: Sequence[DatasetReport]) -> str:
    """An appendix: the hyperparameters of each model, those at their defaults too."""
    named = {report.names[row.key]: row.spec for report in reports for row in report.rows}
    specs = {name: parse(spec) for name, spec in named.items() if not spec.startswith("external(")}
    rows = [
        f"{escaped(name) if not number else ''} & {escaped(field)} & {escaped(str(value))}" + r" \\"
        for name, spec in specs.items()
        for number, (field, value) in enumerate(sorted(spec.fields.items()) or [("--", "--")])
    ]
    head = [r"\begin{tabular}{lll}", r"\toprule", r"model & hyperparameter & value \\", r"\midrule"]
    lines = ["% hyperparameters of each model", *head, *rows, r"\bottomrule", r"\end{tabular}"]
    return "\n".join(lines) + "\n"


def _order(reports: Sequence[DatasetReport]) -> Callable[[ModelKey], tuple[int, float]]:
    """Models with a score on most datasets first, and of equally many the best on average."""
    means: dict[ModelKey, list[float]] = {}
    for report in reports:
        for row in report.rows:
            mean = row.scores["accuracy"].mean
            means.setdefault(row.key, []).extend([] if mean is None else [mean])
    return lambda key: (-len(means[key]), -fmean(means[key] or [0.0]))


def _cells(report: DatasetReport) -> dict[ModelKey, str]:
    """The cell of each model that has a score."""
    scored = {row.key: row.scores["accuracy"] for row in report.rows if row.scores["accuracy"].mean is not None}
    distinct = sorted({round(score.mean or 0.0, 4) for score in scored.values()}, reverse=True)
    marks = dict(zip(distinct, (_FIRST, _SECOND), strict=False)) if len(distinct) > 1 else {}
    tied = _tied(report, next(iter(scored), None))
    cells = {}
    for key, score in scored.items():
        mean = round(score.mean or 0.0, 4)
        text = marks.get(mean, "%s") % f"{100 * (score.mean or 0.0):.2f}"
        spread = f" ({100 * score.std:.2f})" if score.std is not None else ""
        cells[key] = f"{text}{_TIED if key in tied else ''}{spread}"
    return cells


def _tied(report: DatasetReport, first: ModelKey | None) -> set[ModelKey]:
    """The models that are not told apart from the first."""
    _, comparisons = asked(report)
    alike = [c for c in comparisons if first in (c.a, c.b) and c.relation in (SAME, IDENTICAL)]
    return {c.b if c.a == first else c.a for c in alike}
