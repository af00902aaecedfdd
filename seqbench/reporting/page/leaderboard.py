"""The leaderboard of the page: a row for each model, with all digits behind what is shown, so that it can be sorted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seqbench.comparing.across_splits import SPLITS
from seqbench.comparing.comparison import LEARNER, MODEL
from seqbench.comparing.ranks import Rank, ranks
from seqbench.reporting import safe_text
from seqbench.reporting.number_format import named
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.results.rows import Row, Score, TypedIn
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.costs import COSTS, Cost

ABSENT = "–"
_POWERS = (("G", 1e9), ("M", 1e6), ("k", 1e3))
_RANKS = {
    MODEL: ("rank (a)", "ranks that the trained model can have on text like this test set"),
    LEARNER: ("rank (b)", "ranks that the way of learning can have, whatever the seed"),
    SPLITS: ("rank", "ranks that the way of learning can have on other samples of such data"),
}


@dataclass(frozen=True)
class Interval:
    """A 95 % interval and its mean as places on the axis of a column, from 0 to 100."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True)
class Cell:
    """A text, the number behind it, and what is drawn beside it."""

    text: str
    value: float | None = None
    best: bool = False
    interval: Interval | None = None
    about: str = ""


@dataclass(frozen=True)
class Column:
    """A column by its key in JSON, with what it means; `highest`: more is better; `percent`: values are fractions."""

    key: str
    title: str
    meaning: str
    highest: bool
    cells: Sequence[Cell]
    percent: bool = False


@dataclass(frozen=True)
class Board:
    """The models in rows and their columns, with what marks in them mean."""

    models: Sequence[Cell]
    columns: Sequence[Column]
    legend: str

    @property
    def rows(self) -> Iterator[tuple[Cell, list[Cell]]]:
        """Each model with its cells."""
        for number, model in enumerate(self.models):
            yield model, [column.cells[number] for column in self.columns]


def leaderboard(report: DatasetReport) -> Board:
    """The leaderboard of a dataset, the best accuracy first."""
    rows, typed = report.rows, report.results.typed_in(report.dataset.name)
    models = [Cell(safe_text.line(report.names[row.key]), about=safe_text.line(row.spec)) for row in rows]
    scores, costs = list(_scores(rows, report.results.metrics)), list(_costs(rows))
    first = [*scores[:1], *_rank_columns(report, rows), *costs[:1]]  # what is seen without scrolling
    columns = [_with_typed_in(column, typed) for column in [*first, *scores[1:], *costs[1:]]]
    names = [*models, *(Cell(safe_text.line(f"({t.model}, typed in)")) for t in typed)]
    return Board(names, columns, " ".join(_legend(report, columns)))


def _legend(report: DatasetReport, columns: Sequence[Column]) -> Iterator[str]:
    """Sentences on the marks that are in these columns."""
    cells = [cell for column in columns for cell in column.cells]
    marks = ["best of a column in bold"] * any(cell.best for cell in cells)
    marks += [f"± is the standard deviation over {report.over or 'seeds'}"] * any("±" in cell.text for cell in cells)
    marks += ["a line below a score is its 95 % interval"] * any(cell.interval for cell in cells)
    if marks:
        yield f"{marks[0][0].upper()}{'; '.join(marks)[1:]}."
    titles = {column.title: column.meaning for column in columns}
    ranks = [f"{title}: {titles[title]}" for title, _ in _RANKS.values() if title in titles]
    if ranks:
        yield f"Ranks tell which differences are real; {'; '.join(ranks)}."


def _with_typed_in(column: Column, typed: Sequence[TypedIn]) -> Column:
    """A column that goes on with accuracies that were typed in, and with nothing for all else."""
    accuracy = column.key == "accuracy"
    cells = [Cell(f"{100 * t.accuracy:.2f}", t.accuracy) if accuracy else Cell(ABSENT) for t in typed]
    return replace(column, cells=[*column.cells, *cells])


def _scores(rows: Sequence[Row], summaries: Mapping[str, str]) -> Iterator[Column]:
    """Accuracy, then the registered metrics, then the core's other scores, as far as a row has them."""
    metrics = list(dict.fromkeys(name for row in rows for name in row.metrics))
    core = [(score.name, score.title, score.formula) for score in CORE_SCORES]
    registered = [(name, named(name), summaries.get(name) or "a registered metric") for name in metrics]
    listed = [core[0], *registered, *core[1:]]
    for name, title, meaning in listed:
        scores = [row.score(name) or Score([]) for row in rows]
        if any(score.mean is not None for score in scores):
            cells, about = _score_cells(scores), f"{meaning}, in %"
            yield Column(name, safe_text.line(title), about, highest=True, cells=cells, percent=True)


def _score_cells(scores: Sequence[Score]) -> list[Cell]:
    means = [score.mean for score in scores if score.mean is not None]
    limits = [value for score in scores if score.mean is not None for value in (score.ci95 or [score.mean])]
    best = max(means) if len({round(mean, 4) for mean in means}) > 1 else None
    return [_score_cell(score, best, min(limits), max(limits)) for score in scores]


def _score_cell(score: Score, best: float | None, low: float, high: float) -> Cell:
    if score.mean is None:
        return Cell(ABSENT)
    spread = f" ±\N{NO-BREAK SPACE}{100 * score.std:.2f}" if score.std is not None else ""
    about = f"95 % interval {100 * score.ci95[0]:.2f} to {100 * score.ci95[1]:.2f}" if score.ci95 else ""
    interval = None
    if score.ci95 and high > low:
        places = [round(100 * (value - low) / (high - low), 2) for value in (score.ci95[0], score.mean, score.ci95[1])]
        interval = Interval(*places)
    is_best = best is not None and round(score.mean, 4) == round(best, 4)
    return Cell(f"{100 * score.mean:.2f}{spread}", score.mean, is_best, interval, about)


def _rank_columns(report: DatasetReport, rows: Sequence[Row]) -> Iterator[Column]:
    """Rank intervals under each question that was asked, with the tier."""
    models = [row.key for row in rows if row.scores["accuracy"].mean is not None]
    for question, (title, meaning) in _RANKS.items():
        comparisons = [c for c in report.comparisons if c.question == question and c.metric == "accuracy"]
        if any(c.p is not None for c in comparisons):
            placed = ranks(models, comparisons)
            cells = [_rank_cell(placed.get(row.key)) for row in rows]
            yield Column(title, title, f"{meaning}, with the tier", highest=False, cells=cells)


def _rank_cell(rank: Rank | None) -> Cell:
    return Cell(f"{rank} (tier\N{NO-BREAK SPACE}{rank.tier})", rank.first + rank.last / 1000) if rank else Cell(ABSENT)


def _costs(rows: Sequence[Row]) -> Iterator[Column]:
    for cost in COSTS:
        values = [row.costs.get(cost.name) for row in rows]
        if any(value is not None for value in values):
            cells = [Cell(ABSENT) if value is None else Cell(shown(cost, value), value) for value in values]
            yield Column(cost.name, cost.title, cost.meaning, highest=cost.unit == "a second", cells=cells)


def shown(cost: Cost, value: float) -> str:
    """A cost as people read it: seconds with digits, other numbers in thousands and millions."""
    if cost.unit in {"seconds", "milliseconds"}:
        return f"{value:.1f}" if value >= 1 else f"{value:.2g}"
    letter, power = next(((letter, power) for letter, power in _POWERS if value >= power), ("", 1.0))
    return f"{value / power:.3g}{letter}" if letter else f"{value:.0f}"
