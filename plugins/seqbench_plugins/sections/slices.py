"""Pictures of accuracy by sentence length, by position, and by how often a word stands in train."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seqbench.sections import (
    MOST_ROWS,
    DatasetReport,
    Drawing,
    Figure,
    ModelKey,
    Predictions,
    Record,
    Slice,
    Table,
    binned_slices,
    by_model,
    data,
    fields,
    figure,
)

_SHORT = 5  # letters of names that have room side by side on a telephone
_TITLES = {
    "times in train": ("frequency", "Accuracy by how often the word stands in train", "times in train"),
    "sentence length": ("length", "Accuracy by sentence length", "tokens of the sentence"),
    "position": ("position", "Accuracy by position in the sentence", "place of the token, from 1"),
}
"""By the name of slices: the name of their picture, its title, and that of the axis."""


def section(report: DatasetReport) -> Iterator[Figure | Table]:
    """The pictures of a dataset with predictions, as far as there are several slices, and a table of their numbers."""
    if report.predictions is None:
        return
    parts = binned_slices(report.predictions.reference, report.words)
    keys = [row.key for row in report.rows if row.key in report.predictions.keys][:MOST_ROWS]
    rows: list[list[str]] = []
    for by, (name, title, axis) in _TITLES.items():
        same = [part for part in parts if part.by == by]
        if len(same) > 1:
            records = list(_records(report, report.predictions, keys, same))
            about = "Means over seeds. Few tokens make a mean unsteady: their number is in a table below."
            yield figure(name, title, about, _chart(records, report.names.values(), [part.name for part in same], axis))
            rows += _rows(records, by)
    if rows:
        models = [report.names[key] for key in keys]
        yield Table("Accuracy by kind of token in %", ["kind", "tokens", *models], rows, ["Means over seeds."])


def _rows(records: Sequence[Record], by: str) -> list[list[str]]:
    """A row for each part, with a column for each model."""
    cells: dict[str, list[str]] = {}
    for record in records:
        part = cells.setdefault(str(record["part"]), [f"{by}: {record['part']}", f"{record['tokens']:,}"])
        part.append(f"{record['score']:.2f}")
    return list(cells.values())


def _records(
    report: DatasetReport, predictions: Predictions, keys: Sequence[ModelKey], parts: Sequence[Slice]
) -> Iterator[Record]:
    for key in keys:
        for part in parts:
            mean = part.accuracy(predictions, key).mean
            if mean is not None:
                yield {"model": report.names[key], "part": part.name, "tokens": part.tokens, "score": 100 * mean}


def _chart(records: Sequence[Record], names: Iterable[str], parts: Sequence[str], axis: str) -> Drawing:
    import altair as alt

    colour, shape = by_model(names, (record["model"] for record in records))
    x = alt.X(
        "part:N", sort=list(parts), title=axis, axis=alt.Axis(labelAngle=-35 if max(map(len, parts)) > _SHORT else 0)
    )
    y = alt.Y("score:Q", title="accuracy in %", scale=alt.Scale(zero=False))
    base = alt.Chart(data(records))
    tooltip = fields("model:N", "part:N", "tokens:Q", alt.Tooltip("score:Q", format=".2f"))
    dots = base.mark_point(filled=True, size=60).encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip)
    return alt.layer(base.mark_line().encode(x=x, y=y, color=colour), dots, height=300)
