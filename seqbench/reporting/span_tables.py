"""Spans as tables for people: the models of a dataset, the types of a model, and which types are taken for which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from seqbench.comparing.span_scores import PARTS, SpanRow
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey
from seqbench.results.rows import Score
from seqbench.spans import KINDS

_SCORES = {"precision": "precision", "recall": "recall", "F1": "f1", "macro F1": "macro_f1"}
_INEXACT = {"type F1": "type_f1", "partial F1": "partial_f1"}
_EXPLAINED = (
    "boundary: right type, other boundaries; type: right boundaries, other type; both: neither right; missed and "
    "invented: without a partner that shares a token."
)


def overview(rows: Sequence[SpanRow], names: Mapping[ModelKey, str]) -> Table:
    """All models of one dataset: micro and macro scores, and what became of the spans."""
    body = [
        [
            names[row.model.key],
            *(_percent(row.score(name)) for name in _SCORES.values()),
            *(_percent(row.partial(name)) for name in _INEXACT.values()),
            *_kinds(row),
            _count(row.illegal),
        ]
        for row in rows
    ]
    columns = ["model", *_SCORES, *_INEXACT, *KINDS, "illegal"]
    gold = int(rows[0].counts[0, :, 2].sum())
    seeds = max(len(row.pairs) for row in rows)
    notes = [
        f"{gold:,} gold spans{f'; counts are means of {seeds} seeds' * (seeds > 1)}.",
        _EXPLAINED,
        "type F1: right type, a token shared; partial F1: right boundaries, half for a shared token (SemEval-2013).",
        f"illegal: moves between tags that {rows[0].reading.scheme.name} forbids.",
        *(f"{names[row.model.key]}: {note}" for row in rows for note in row.notes),
    ]
    return Table(f"{_title(rows[0])}, in %", columns, body, notes, about={"dataset": rows[0].dataset.name})


def per_type(row: SpanRow, name: str) -> Table:
    """The scores of each type of a model, and what became of its spans."""
    body = [
        [
            scored.type,
            *(f"{100 * score:.2f}" for score in (scored.precision, scored.recall, scored.f1)),
            f"{scored.gold:,}",
            *(f"{scored.became[kind]:,.0f}" for kind in KINDS),
        ]
        for scored in row.by_type()
    ]
    about = {"dataset": row.dataset.name, "model": name}
    return Table(f"{_title(row)}: {name} per type, in %", ["type", *PARTS[:2], "F1", "gold", *KINDS], body, about=about)


def type_confusion(row: SpanRow, name: str) -> Table:
    """Counts of gold types (rows) taken for types (columns), whatever the boundaries; only types that occur."""
    matrix = row.confusion.types
    used = [i for i in range(len(row.names)) if matrix[i].any() or matrix[:, i].any()]
    places = [*used, len(row.names)]
    names = [*row.names, "(invented)"]
    body = [[names[i], *(str(matrix[i, j]) if matrix[i, j] else "." for j in places)] for i in places]
    over = f", summed over {len(row.pairs)} seeds" if len(row.pairs) > 1 else ""
    title = f"{_title(row)}: {name}, gold types (rows) and predicted types (columns){over}"
    note = "Spans are paired one to one where they share tokens, whatever their boundaries."
    return Table(
        title,
        ["", *(row.names[j] for j in used), "(missed)"],
        body,
        [note],
        about={"dataset": row.dataset.name, "model": name},
    )


def as_json(row: SpanRow, name: str) -> dict[str, object]:
    """A row as plain values, scores as fractions of 1."""
    model, reading = row.model, row.reading
    return {
        "dataset": row.dataset.name,
        "model": name,
        "spec": model.spec,
        "seeds": [trial.seed for trial in model.trials],
        "status": model.status,
        "scheme": reading.scheme.name,
        "policy": reading.policy,
        **{part: asdict(row.score(part)) for part in (*PARTS, *(f"macro_{part}" for part in PARTS))},
        **{name: asdict(row.partial(name)) for name in _INEXACT.values()},
        "illegal": list(row.illegal),
        "notes": list(row.notes),
        "per_type": [asdict(scored) for scored in row.by_type()],
        "confusion": {"types": [*row.names, None], "counts": row.confusion.types.tolist()},
    }


def _title(row: SpanRow) -> str:
    """Dataset, scheme and policy, which every table of spans names."""
    policy = "read strictly" if row.reading.policy == "strict" else f"read as {row.reading.scheme.illegal_as} does"
    return f"{row.dataset.name}: spans in {row.reading.scheme.name}, illegal sequences {policy}"


def _percent(score: Score) -> str:
    if score.mean is None:
        return "-"
    return f"{100 * score.mean:.2f}" + (f" ± {100 * score.std:.2f}" if score.std is not None else "")


def _kinds(row: SpanRow) -> list[str]:
    return [f"{count / len(row.pairs):,.0f}" for count in row.confusion.kinds.sum(0).tolist()]


def _count(numbers: Sequence[int]) -> str:
    return f"{sum(numbers) / len(numbers):,.0f}"
