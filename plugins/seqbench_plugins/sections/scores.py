"""Pictures of scores: seeds beside every mean, accuracy against cost, kinds of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from seqbench.sections import (
    COSTS,
    MOST_ROWS,
    DatasetReport,
    Drawing,
    Figure,
    Record,
    Row,
    by_model,
    data,
    fields,
    figure,
    safe_line,
    told_apart,
)
from seqbench_plugins.sections._labels import ASIDE, LONGEST, Point, offsets

if TYPE_CHECKING:
    import altair as alt

_KINDS = {
    "accuracy": "all",
    "accuracy_known": "known",
    "accuracy_unknown": "unknown",
    "accuracy_ambiguous": "ambiguous",
}
"""Scores of kinds of words, with the word for each."""
_ROW = 22  # pixels
_BESIDE_NAMES = 30  # letters of a legend that stands to the right of names
_SOME, _AMONG = (5, 3), "datum.place <= best"
_LABELLED = "width < 330 || datum.label === null ? 0 : 1"  # where the plot is narrow, names are left to the legend


def section(report: DatasetReport) -> Iterator[Figure]:
    """The pictures of a dataset on which a model finished."""
    rows = [row for row in report.rows if row.scores["accuracy"].mean is not None][:MOST_ROWS]
    if rows:
        yield _seeds(report, rows)
        yield from _against_cost(report, rows)
        yield from _kinds(report, rows)


def _models(report: DatasetReport, rows: Sequence[Row], title: str | None = None) -> alt.Y:
    """The axis of models, the best on top."""
    import altair as alt

    return alt.Y("model:N", sort=[str(r["model"]) for r in _named(report, rows)], title=title)


def _named(report: DatasetReport, rows: Sequence[Row]) -> list[Record]:
    return [{"model": safe_line(report.names[row.key])} for row in rows]


def _seeds(report: DatasetReport, rows: Sequence[Row]) -> Figure:
    """Every seed as a dot, with the mean and its interval."""
    import altair as alt

    x = alt.X("score:Q", title="accuracy in %", scale=alt.Scale(zero=False, nice=True))
    y = _models(report, rows)
    dots = alt.Chart(data(_per_seed(report, rows))).transform_filter(_AMONG).mark_point(size=45)
    means = alt.Chart(data(_means(report, rows))).transform_filter(_AMONG)
    chart = (
        alt.layer(
            means.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y),
            dots.encode(x=x, y=y, tooltip=fields("model:N", "seed:Q", alt.Tooltip("score:Q", format=".2f"))),
            means.mark_tick(thickness=3, size=16).encode(
                x=x,
                y=y,
                tooltip=fields("model:N", *_limits()),
            ),
        )
        .add_params(_best(len(rows)))
        .properties(height=_ROW * len(rows) + 10)
    )
    dot, limits = ("trial" if report.over else "seed"), any(row.scores["accuracy"].ci95 for row in rows)
    about = f"A dot for each {dot}, a stroke for the mean{', a line for its 95 % interval on such text' * limits}."
    return figure("seeds", f"Accuracy of every {dot}", about, chart)


def _per_seed(report: DatasetReport, rows: Sequence[Row]) -> Iterator[Record]:
    for row_number, row in enumerate(rows, start=1):
        for number, value in enumerate(row.scores["accuracy"].per_seed):
            seed = row.seeds[number] if number < len(row.seeds) else number
            yield {"model": report.names[row.key], "place": row_number, "seed": seed, "score": 100 * (value or 0.0)}


def _best(models: int) -> alt.Parameter:
    """A choice of how many models are drawn, the best of them."""
    import altair as alt

    numbers = [models, *(number for number in _SOME if number < models)]
    labels = ["all models", *(f"the best {number}" for number in numbers[1:])]
    return alt.param(name="best", value=models, bind=alt.binding_select(options=numbers, labels=labels, name="show: "))


def _means(report: DatasetReport, rows: Sequence[Row]) -> Iterator[Record]:
    for row_number, row in enumerate(rows, start=1):
        score = row.scores["accuracy"]
        mean = 100 * (score.mean or 0.0)
        low, high = (100 * limit for limit in score.ci95) if score.ci95 else (mean, mean)
        yield {"model": report.names[row.key], "place": row_number, "score": mean, "low": low, "high": high}


def _against_cost(report: DatasetReport, rows: Sequence[Row]) -> Iterator[Figure]:
    """Accuracy by a cost that can be chosen, with the front of the models that no other beats in both."""
    records = list(_costs(report, rows))
    if records:
        about = "No other model is better and cheaper than those on the dashed line. Upright lines: 95 % intervals."
        names = [str(record["model"]) for record in _named(report, rows)]
        yield figure("cost", "Accuracy against cost", about, _cost_chart(report, records, names))


def _cost_chart(report: DatasetReport, records: Sequence[Record], names: Sequence[str]) -> Drawing:
    import altair as alt

    titles = list(dict.fromkeys(str(record["cost"]) for record in records))
    choice = alt.param(name="cost", value=titles[0], bind=alt.binding_select(options=titles, name="cost: "))
    scale, axis = alt.Scale(type="log", nice=False, padding=20), alt.Axis(tickCount=5, labelOverlap=True)
    x = alt.X("value:Q", title="\u00a0", scale=scale, axis=axis)  # room for _axis_title
    y = alt.Y("score:Q", title="accuracy in %", scale=alt.Scale(zero=False))
    colour, shape = by_model(report.names.values(), names)
    points = alt.Chart(data(records)).transform_filter("datum.cost === cost && datum.place <= best")
    front = points.transform_filter("datum.front")
    tooltip = fields("model:N", alt.Tooltip("value:Q", format=",.3~r", title="cost"), *_limits())
    chart = alt.layer(
        front.mark_line(interpolate="step-after", strokeDash=[4, 3]).encode(x=x, y=y),
        points.mark_rule().encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=colour),
        points.mark_point(filled=True, size=90).encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip),
        front.mark_text(
            dx=ASIDE, dy=alt.ExprRef("datum.label || 0"), align="left", limit=LONGEST, opacity=alt.ExprRef(_LABELLED)
        ).encode(x=x, y=y, text=alt.Text("model:N")),
        _axis_title("cost"),
    )
    return chart.add_params(choice, _best(len(names))).properties(height=320)


def _axis_title(parameter: str) -> Drawing:
    """The title of the horizontal axis that follows a choice, which titles of axes cannot."""
    import altair as alt

    text = alt.ExprRef(f"{parameter} + ', the further left the cheaper'")
    middle, below = alt.ExprRef("width / 2"), alt.ExprRef("height + 32")
    title: Drawing = alt.Chart(data([{}])).mark_text(text=text, x=middle, y=below, align="center", fontSize=11)
    return title


def _limits() -> list[alt.Tooltip]:
    """The score and its interval where the mouse is."""
    import altair as alt

    return [alt.Tooltip(f"{part}:Q", format=".2f") for part in ("score", "low", "high")]


def _costs(report: DatasetReport, rows: Sequence[Row]) -> Iterator[Record]:
    """A record for each model and each cost of which less is better and that all know."""
    places = {row.key: row_number for row_number, row in enumerate(rows, start=1)}
    for cost in COSTS:
        values = {row.key: value for row in rows if (value := row.costs.get(cost.name)) is not None and value > 0}
        if cost.unit != "a second" and values:
            known = [row for row in rows if row.key in values]
            records = list(_means(report, known))
            points = [Point.of(record, values[row.key]) for row, record in zip(known, records, strict=True)]
            front = [not any(other.beats(point) for other in points) for point in points]
            for row, record, on, label in zip(known, records, front, offsets(points, front), strict=True):
                yield {
                    **record,
                    "place": places[row.key],
                    "cost": f"{cost.title} ({cost.unit})",
                    "value": values[row.key],
                    "front": on,
                    "label": label,
                }


def _kinds(report: DatasetReport, rows: Sequence[Row]) -> Iterator[Figure]:
    """Accuracy on known, unknown and ambiguous words."""
    import altair as alt

    records = list(_by_kind(report, rows))
    kinds = list(dict.fromkeys(str(record["kind"]) for record in records))
    if len(kinds) > 1:
        y = _models(report, rows)
        base = alt.Chart(data(records)).transform_filter(_AMONG)
        colour, shape = told_apart("kind", kinds, letters=_BESIDE_NAMES)
        x = alt.X("score:Q", title="accuracy in %", scale=alt.Scale(zero=False))
        chart = alt.layer(
            base.mark_rule().encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y, color=colour),
            base.mark_point(filled=True, size=80).encode(
                x=x, y=y, color=colour, shape=shape,
                tooltip=fields("model:N", "kind:N", alt.Tooltip("score:Q", format=".2f")),
            ),
        ).add_params(_best(len(rows))).properties(height=_ROW * len(rows) + 10)  # fmt: skip
        about = "Words that train has, does not have, and has with several tags; lines are 95 % intervals."
        yield figure("kinds", "Known, unknown and ambiguous words", about, chart)


def _by_kind(report: DatasetReport, rows: Sequence[Row]) -> Iterator[Record]:
    for name, kind in _KINDS.items():
        for row_number, row in enumerate(rows, start=1):
            score = row.scores[name]
            if score.mean is not None:
                low, high = score.ci95 or (score.mean, score.mean)
                scaled = {"score": 100 * score.mean, "low": 100 * low, "high": 100 * high}
                yield {"model": report.names[row.key], "place": row_number, "kind": kind, **scaled}
