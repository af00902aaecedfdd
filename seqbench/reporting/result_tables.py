"""Results as tables: one row a model, the best values marked, failures with their reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from seqbench.data.audit import TELLING
from seqbench.errors import shortened
from seqbench.reporting.failure_lines import failure_lines
from seqbench.reporting.flat_rows import flat_rows
from seqbench.reporting.layout import layout_of
from seqbench.reporting.number_format import milliseconds, named, several, short
from seqbench.reporting.repeated_models import repeated_models
from seqbench.reporting.table import ABSENT, Table, rendered, rows_text
from seqbench.reporting.table_formats import prints_rows
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results, Row, Score, TypedIn
from seqbench.results.trial_scores import TagScore
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.costs import COSTS, OF_USE, Cost
from seqbench.scoring.sentence_counts import Integers

Column: TypeAlias = tuple[str, Sequence[str], Sequence[bool]]
"""Title of a column, its cells, one a row, and which of them are second best."""
_BEST = "* best of its column; whether the difference is real is another question (seqbench compare)."
_MEMORY = (
    "memory: - where an earlier trial of the same process used torch, which keeps what it frees; --isolate measures "
    "every trial in a process of its own."
)
_LEGEND = {score.title: f"{score.formula}, in %" for score in CORE_SCORES} | {
    cost.title: cost.meaning for cost in COSTS
}  # what each column of the main table means


def summary(results: Results, form: str) -> str:
    """The main table of every dataset, or for rows of machines all that is known of each row, with all digits."""
    if prints_rows(form):
        rows = flat_rows(results, layout_of(form).rows)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        return rows_text(columns, [[row.get(name, "") for name in columns] for row in rows], form)
    return "\n\n".join(rendered(_main(results, dataset), form) for dataset in results.datasets)


def _main(results: Results, dataset: DatasetSummary) -> Table:
    rows = results.rows_of(dataset.fingerprint)
    metrics = list(dict.fromkeys(name for row in rows for name, s in row.metrics.items() if s.mean is not None))
    names = [_name(results, row) for row in rows]
    columns = [("model", names, []), *_score_columns(rows, dataset, metrics), *_costs(rows)]
    body = [list(cells) for cells in zip(*(cells for _, cells, _ in columns), strict=True)]
    second = {(i, j) for j, (_, _, are) in enumerate(columns) for i, is_second in enumerate(are) if is_second}
    further = [*_ceilings(dataset), *(_typed_in(typed) for typed in results.typed_in(dataset.name))]
    body += [[name, cell, *[""] * (len(columns) - 2)] for name, cell in further]
    over = results.over.get(dataset.fingerprint) or several((len(row.finished_trials) for row in rows), "seeds")
    title = f"{dataset.name}: test accuracy in %" + (f", mean ± standard deviation of {over}" if over else "")
    explained = {name: results.metrics[name] for name in metrics if results.metrics.get(name)}
    titles = [name for name, _, _ in columns]
    costs = [cost.title for cost in COSTS if cost.title in titles]
    groups = [[name for name in titles[1:] if name not in costs], costs]
    notes = [_BEST] * any(cell.startswith("*") for row in body for cell in row[1:])
    notes += _footnotes(results, dataset, explained)
    return Table(title, titles, body, notes, groups=groups, legend=_LEGEND, second=second)


def _is_partial(row: Row) -> bool:
    """Whether some seeds of a row are finished, and the others are not; a row of several splits has no such seeds."""
    return len(row.trials) == len(row.seeds) and 0 < len(row.finished_trials) < len(row.seeds)


def _name(results: Results, row: Row) -> str:
    """The display name of a row's model, with the number of its seeds that are finished if not all are."""
    name = results.name(row)
    return f"{name} ({len(row.finished_trials)} of {len(row.seeds)} seeds)" if _is_partial(row) else name


def _ceilings(dataset: DatasetSummary) -> Iterator[tuple[str, str]]:
    """The ceiling of any tagger, and those of taggers that see less; in %."""
    if dataset.ceiling is not None:
        yield "(ceiling)", f"{100 * dataset.ceiling:.2f}"
    for name, ceiling in dataset.ceilings.named().items() if dataset.ceilings else ():
        if name != "any":
            yield f"(ceiling, {name})", f"{100 * ceiling:.2f}"


def _typed_in(typed: TypedIn) -> tuple[str, str]:
    """A row that no run made, marked so."""
    return f"({typed.model}, typed in)", f"{100 * typed.accuracy:.2f}"


def _score_columns(rows: Sequence[Row], dataset: DatasetSummary, metrics: Sequence[str]) -> Iterator[Column]:
    """The first of the core's scores, the registered metrics, then the core's other scores."""
    first, *others = [score for score in CORE_SCORES if _tells(score.name, dataset)]
    yield _score_column(first.title, first.name, rows)
    for name in metrics:
        yield _score_column(named(name), name, rows)
    for score in others:
        yield _score_column(score.title, score.name, rows)


def _score_column(title: str, name: str, rows: Sequence[Row]) -> Column:
    scores = [row.score(name) or Score([]) for row in rows]
    finished = [_finished(s) if _is_partial(row) else s for row, s in zip(rows, scores, strict=True)]
    means = [score.mean for score in scores if score.mean is not None]
    distinct = sorted({round(mean, 4) for mean in means}, reverse=True)
    ranks = {mean: rank for rank, mean in enumerate(distinct) if len(distinct) > 1}  # of equals none is best
    ranked = [None if score.mean is None else ranks.get(round(score.mean, 4)) for score in scores]
    cells = [_percent(score, marked=rank == 0) for score, rank in zip(finished, ranked, strict=True)]
    return title, cells, [rank == 1 for rank in ranked]


def _finished(score: Score) -> Score:
    """The score over the seeds that have one."""
    return Score.of([value for value in score.per_seed if value is not None])


def _tells(name: str, dataset: DatasetSummary) -> bool:
    """Whether a column says more than that of accuracy: that of new sentences does where test repeats some of train."""
    if name != "accuracy_new_sentences":
        return True
    sizes = dataset.sentences
    share = sizes.repeated / max(1, sizes.test) if sizes else 0
    return TELLING <= share < 1


def _percent(score: Score, *, marked: bool) -> str:
    if score.mean is None:
        return ABSENT
    spread = f" ± {100 * score.std:.2f}" if score.std is not None else ""
    return f"{'*' if marked else ''}{100 * score.mean:.2f}{spread}"


def _costs(rows: Sequence[Row]) -> Iterator[Column]:
    """The costs that a column of the main table is kept for, as far as any row knows them; those of use together."""
    known = {cost.name for cost in COSTS for row in rows if row.costs[cost.name] is not None}
    for cost in COSTS:
        if cost.in_table and (cost.name in known or (cost.name in OF_USE and known & OF_USE)):
            yield cost.title, [ABSENT if (n := row.costs[cost.name]) is None else _shown(cost, n) for row in rows], []


def _shown(cost: Cost, value: float) -> str:
    if cost.unit == "milliseconds":
        return milliseconds(value)
    return f"{value:.1f}" if cost.unit == "seconds" else short(value)


def _footnotes(results: Results, dataset: DatasetSummary, metrics: Mapping[str, str]) -> Iterable[str]:
    rows = results.rows_of(dataset.fingerprint)
    if any(_is_partial(row) for row in rows):
        yield "(n of m seeds): the mean of the seeds that are finished, which is neither best nor compared."
    if dataset.ceiling is not None:
        yield "(ceiling): the best accuracy that any tagger can expect, known from the process that made the data."
    if dataset.ceilings is not None:
        yield "(ceiling, left to right): that of taggers that see a token and all before it."
        yield "(ceiling, window k): that of taggers that see k tokens to either side."
    for file in dict.fromkeys(typed.file for typed in results.typed_in(dataset.name)):
        yield f"(..., typed in): accuracy from {file}; of these nothing was run, checked or tested here."
    yield from (f"{named(name)}: {summary}." for name, summary in metrics.items())
    if len({row.costs["peak_memory_bytes"] is None for row in rows if row.finished_trials}) > 1:
        yield _MEMORY
    notes = [*dataset.notes, *repeated_models(results, dataset.fingerprint)]
    yield from (f"note: {shortened(note)}" for note in notes)
    yield from (f"{results.name(row)}: {shortened(note)}" for row in rows for note in row.notes)
    for row in rows:
        yield from failure_lines(row, results.name(row))


def per_tag(row: Row, name: str, of_seeds: Sequence[Sequence[TagScore]]) -> Table:
    """Precision, recall, F1 and support of each tag, mean over the seeds that finished."""
    by_tag: dict[str, list[TagScore]] = {}
    for of_seed in of_seeds:
        for scored in of_seed:
            by_tag.setdefault(scored.tag, []).append(scored)
    seeds = len(of_seeds)
    rows = [
        [
            tag,
            *(_mean_percent([getattr(seed, part) for seed in scored], seeds) for part in ("precision", "recall", "f1")),
            f"{max(seed.support for seed in scored):,}",
        ]
        for tag, scored in by_tag.items()
    ]
    title = f"{row.dataset.name}: {name} per tag, in %"
    about = {"dataset": row.dataset.name, "model": name}
    return Table(title, ["tag", "precision", "recall", "F1", "tokens"], rows, about=about)


def _mean_percent(values: Sequence[float], seeds: int) -> str:
    return f"{100 * sum(values) / seeds:.2f}"


def confusion_table(row: Row, name: str, tags: Sequence[str], matrix: Integers) -> Table:
    """Number of tokens of each gold tag (row) that got each tag (column); only tags that occur."""
    used = [i for i in range(len(tags)) if matrix[i].any() or matrix[:, i].any()]
    rows = [[tags[i], *(str(matrix[i, j]) if matrix[i, j] else "." for j in used)] for i in used]
    seeds = len({trial.seed for trial in row.finished_trials})
    over = f", summed over {seeds} seeds" if seeds > 1 else ""
    title = f"{row.dataset.name}: {name}, gold (rows) and predicted (columns){over}"
    about = {"dataset": row.dataset.name, "model": name}
    return Table(title, ["", *(tags[j] for j in used)], rows, about=about)
