"""Results as tables: one row a model, the best values marked, failures with their reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from seqbench.data.audit import TELLING
from seqbench.reporting.table import _ABSENT, Table, _csv, rendered
from seqbench.results.rows import Results, Row, Score


def summary(results: Results, form: str) -> str:
    """The main table of every dataset, or for csv all that is known, with all digits."""
    if form == "csv":
        rows = [flat(row) for row in results.rows]
        columns = list(dict.fromkeys(name for row in rows for name in row))
        return _csv(columns, [[row.get(name, "") for name in columns] for row in rows])
    return "\n\n".join(rendered(_main(results, dataset), form) for dataset in results.datasets)


def flat(row: Row, absent: str | None = "") -> dict[str, Any]:
    """All that is known of a row, with all digits: one value a name, `absent` where there is none."""
    known: dict[str, Any] = {"dataset": row.dataset, "model": row.model, "spec": row.spec, "seeds": len(row.seeds)}
    known["status"] = row.status
    for name, score in {**row.scores, **row.metrics}.items():
        known |= {name: score.mean, f"{name}_std": score.std}
    return {name: absent if value is None else value for name, value in {**known, **row.costs}.items()}


def _main(results: Results, dataset: Mapping[str, Any]) -> Table:
    rows = [row for row in results.rows if row.fingerprint == dataset["fingerprint"]]
    scores = [_score_column(title, name, rows) for title, name in _SCORES if _tells(name, dataset)]
    metrics = list(dict.fromkeys(name for row in rows for name, s in row.metrics.items() if s.mean is not None))
    scores[1:1] = [_score_column(name.replace("-", " "), name, rows) for name in metrics]
    known = [cost for cost in _COSTS if any(row.costs[cost[1]] is not None for row in rows)]
    costs = [(title, [_cost(row.costs[name], show) for row in rows]) for title, name, show in known]
    columns = [("model", [row.model for row in rows]), *scores, *costs]
    body = [list(cells) for cells in zip(*(cells for _, cells in columns), strict=True)]
    if dataset["ceiling"] is not None:
        body.append(["(ceiling)", f"{100 * dataset['ceiling']:.2f}", *[""] * (len(columns) - 2)])
    seeds = max((len(row.seeds) for row in rows), default=0)
    over = dataset.get("over") or (f"{seeds} seeds" if seeds > 1 else "")
    title = f"{dataset['name']}: test accuracy in %" + (f", mean ± standard deviation of {over}" if over else "")
    told = {name: results.metrics[name] for name in metrics if results.metrics.get(name)}
    return Table(title, [name for name, _ in columns], body, list(_footnotes(rows, dataset, told)))


def _short(value: float) -> str:
    """Three digits and the thousands they count: 16.3M."""
    for power, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= 0.9995 * power:
            return f"{value / power:#.3g}".rstrip(".") + letter
    return f"{value:.0f}"


_SCORES = (
    ("accuracy", "accuracy"),
    ("macro F1", "macro_f1"),
    ("known", "accuracy_known"),
    ("unknown", "accuracy_unknown"),
    ("ambig.", "accuracy_ambiguous"),
    ("new s.", "accuracy_new_sentences"),
    ("whole s.", "sentence_accuracy"),
)


_COSTS: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("fit s", "fit_seconds", lambda value: f"{value:.1f}"),
    ("learn/s", "train_tokens_per_second", _short),
    ("tag/s", "predict_tokens_per_second", _short),
    ("weights", "parameters", _short),
    ("memory", "peak_memory_bytes", _short),
)


def _score_column(title: str, name: str, rows: Sequence[Row]) -> tuple[str, list[str]]:
    scores = [row.scores.get(name) or row.metrics.get(name) or Score([]) for row in rows]
    best = max((round(s.mean, 4) for s in scores if s.mean is not None), default=None)
    several = len([s for s in scores if s.mean is not None]) > 1
    return title, [_percent(s, marked=several and s.mean is not None and round(s.mean, 4) == best) for s in scores]


def _tells(name: str, dataset: Mapping[str, Any]) -> bool:
    """Whether a column says more than that of accuracy: that of new sentences does where test repeats some of train."""
    if name != "accuracy_new_sentences":
        return True
    sizes = dataset.get("sentences") or {"test": 1}
    share: float = sizes.get("repeated", 0) / max(1, sizes["test"])
    return TELLING <= share < 1


def _percent(score: Score, *, marked: bool) -> str:
    if score.mean is None:
        return _ABSENT
    spread = f" ± {100 * score.std:.2f}" if score.std is not None else ""
    return f"{'*' if marked else ''}{100 * score.mean:.2f}{spread}"


def _cost(value: float | None, show: Callable[[float], str]) -> str:
    return _ABSENT if value is None else show(value)


def _footnotes(rows: Sequence[Row], dataset: Mapping[str, Any], metrics: Mapping[str, str]) -> Iterable[str]:
    if len(rows) > 1:
        yield "* best of its column; whether the difference is real is another question (seqbench compare)."
    if dataset["ceiling"] is not None:
        yield "(ceiling): the best accuracy that any tagger can expect, known from the process that made the data."
    yield from (f"{name.replace('-', ' ')}: {summary}." for name, summary in metrics.items())
    yield from (f"note: {note}" for note in dataset.get("notes", ()))
    yield from (f"{row.model}: {note}" for row in rows for note in row.notes)
    for row in rows:
        yield from _failures(row)


def _failures(row: Row) -> Iterable[str]:
    """Each failure with the last lines of its traceback and the file that holds all; equal ones are told once."""
    alike: dict[str, list[Mapping[str, Any]]] = {}
    for failure in row.failures:
        alike.setdefault(failure["error"], []).append(failure)
    for error, failures in alike.items():
        seeds = ", ".join(str(failure["seed"]) for failure in failures)
        yield f"failed: {row.model}, seed{'s' if len(failures) > 1 else ''} {seeds}: {error}"
        if failures[0].get("file"):
            yield from (f"  | {line}" for line in failures[0]["last_lines"])
            yield f"  all of it: {failures[0]['file']}"


def per_tag(row: Row) -> Table:
    """Precision, recall, F1 and support of each tag, mean over the seeds that finished."""
    names: dict[str, list[Mapping[str, Any]]] = {}
    for trial in row.trials:
        for scored in trial["scores"]["per_tag"] if trial else ():
            names.setdefault(scored["tag"], []).append(scored)
    finished = sum(trial is not None for trial in row.trials)
    rows = [
        [tag, *(_mean_percent(scored, part, finished) for part in ("precision", "recall", "f1")), _support(scored)]
        for tag, scored in names.items()
    ]
    title = f"{row.dataset}: {row.model} per tag, in %"
    return Table(title, ["tag", "precision", "recall", "F1", "tokens"], rows)


def _mean_percent(scored: Sequence[Mapping[str, Any]], part: str, seeds: int) -> str:
    return f"{100 * sum(s[part] for s in scored) / seeds:.2f}"


def _support(scored: Sequence[Mapping[str, Any]]) -> str:
    return f"{max(s['support'] for s in scored):,}"


def confusion(row: Row, tags: Sequence[str], matrix: Any) -> Table:
    """How often each gold tag (row) was given each tag (column); only tags that occur."""
    used = [i for i in range(len(tags)) if matrix[i].any() or matrix[:, i].any()]
    rows = [[tags[i], *(str(matrix[i, j]) if matrix[i, j] else "." for j in used)] for i in used]
    seeds = sum(trial is not None for trial in row.trials)
    over = f", summed over {seeds} seeds" if seeds > 1 else ""
    return Table(
        f"{row.dataset}: {row.model}, gold (rows) and predicted (columns){over}", ["", *(tags[j] for j in used)], rows
    )
