"""Spans as tables for people: the models of a dataset, the types of a model, and which types are taken for which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seqbench.comparing.span_scores import PARTS, SpanRow
from seqbench.reporting.table import Table
from seqbench.results.model_key import ModelKey
from seqbench.results.rows import Score
from seqbench.spans import KINDS

_SCORES = {"precision": "precision", "recall": "recall", "F1": "f1", "macro F1": "macro_f1"}
_EXPLAINED = (
    "boundary: right type, other boundaries; type: right boundaries, other type; both: neither right; missed and "
    "invented: without a partner that shares a token."
)


def overview(rows: Sequence[SpanRow], names: Mapping[ModelKey, str]) -> Table:
    """All models of one dataset: micro and macro scores, and what became of the spans."""
    body = [
        [
            names[one.model.key],
            *(_percent(one.score(name)) for name in _SCORES.values()),
            *_kinds(one),
            _count(one.illegal),
        ]
        for one in rows
    ]
    columns = ["model", *_SCORES, *KINDS, "illegal"]
    gold = int(rows[0].counts[0, :, 2].sum())
    seeds = max(len(one.pairs) for one in rows)
    notes = [
        f"{gold:,} gold spans{f'; counts are means of {seeds} seeds' * (seeds > 1)}.",
        _EXPLAINED,
        f"illegal: moves between tags that {rows[0].reading.scheme.name} forbids.",
    ]
    return Table(f"{_title(rows[0])}, in %", columns, body, notes)


def per_type(one: SpanRow, name: str) -> Table:
    """The scores of each type of a model, and what became of its spans."""
    body = [
        [scored["type"], *(f"{100 * scored[part]:.2f}" for part in PARTS), f"{scored['gold']:,}"]
        + [f"{scored['became'][kind]:,.0f}" for kind in KINDS]
        for scored in one.by_type()
    ]
    return Table(f"{_title(one)}: {name} per type, in %", ["type", *PARTS[:2], "F1", "gold", *KINDS], body)


def type_confusion(one: SpanRow, name: str) -> Table:
    """Which gold type (row) was taken for which type (column), whatever the boundaries; only types that occur."""
    matrix = one.confusion.types
    used = [i for i in range(len(one.names)) if matrix[i].any() or matrix[:, i].any()]
    places = [*used, len(one.names)]
    names = [*one.names, "(invented)"]
    body = [[names[i], *(str(matrix[i, j]) if matrix[i, j] else "." for j in places)] for i in places]
    over = f", summed over {len(one.pairs)} seeds" if len(one.pairs) > 1 else ""
    title = f"{_title(one)}: {name}, gold types (rows) and predicted types (columns){over}"
    note = "Spans are paired one to one where they share tokens, whatever their boundaries."
    return Table(title, ["", *(one.names[j] for j in used), "(missed)"], body, [note])


def as_json(one: SpanRow, name: str) -> dict[str, Any]:
    """All that is known of a row, fractions of 1."""
    from dataclasses import asdict

    model, reading = one.model, one.reading
    seeds = [trial.seed for trial in model.trials]
    about = {"dataset": one.dataset.name, "model": name, "spec": model.spec, "seeds": seeds, "status": model.status}
    how = {"scheme": reading.scheme.name, "policy": reading.policy}
    scores = {part: asdict(one.score(part)) for part in ("precision", "recall", "f1", *(f"macro_{p}" for p in PARTS))}
    confused = {"types": [*one.names, None], "counts": one.confusion.types.tolist()}
    return {**about, **how, **scores, "illegal": list(one.illegal), "per_type": one.by_type(), "confusion": confused}


def _title(one: SpanRow) -> str:
    """Dataset, scheme and policy, which every table of spans names."""
    policy = "read strictly" if one.reading.policy == "strict" else "read as conlleval does"
    return f"{one.dataset.name}: spans in {one.reading.scheme.name}, illegal sequences {policy}"


def _percent(score: Score) -> str:
    if score.mean is None:
        return "-"
    return f"{100 * score.mean:.2f}" + (f" ± {100 * score.std:.2f}" if score.std is not None else "")


def _kinds(one: SpanRow) -> list[str]:
    return [f"{count / len(one.pairs):,.0f}" for count in one.confusion.kinds.sum(0).tolist()]


def _count(numbers: Sequence[int]) -> str:
    return f"{sum(numbers) / len(numbers):,.0f}"
