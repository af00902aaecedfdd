"""A picture of the page: what it shows, and its Vega-Lite specification, made by altair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from seqbench.reporting import safe_text

if TYPE_CHECKING:
    import altair as alt

Drawing: TypeAlias = "alt.Chart | alt.LayerChart | alt.FacetChart"
Value: TypeAlias = str | float | int | bool | None
Record: TypeAlias = Mapping[str, Value]

_LEGEND_LETTERS, _SYMBOL, _MOST_COLUMNS = 44, 6, 8  # what a legend on a telephone has room for
_SPREAD = 8  # rows or columns up to which the cells of a matrix fill the width of its place
MOST_ROWS = 30
"""Models or tags that one picture shows at most; the page says how many it leaves out."""
LIGHT = ("#0072B2", "#D55E00", "#117733", "#882255", "#332288", "#A6761D", "#AA4499", "#1B7F8C", "#6B6B6B", "#A0522D")
"""Ten colours that people who are colour-blind tell apart best beside the shapes; each at least 3:1 on white."""
DARK_COLOURS = (
    "#56B4E9", "#E69F00", "#44C49A", "#F0A3C8", "#CC99FF", "#F0E442", "#9AA5FF", "#66D9E8", "#C0C0C0", "#FF9E80",
)  # fmt: skip
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
_AXIS = {"labelLimit": 150, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
_LEGEND = {"labelLimit": 150, "labelFontSize": 12, "titleFontSize": 12, "symbolLimit": 40}
CONFIG: Mapping[str, object] = MappingProxyType(
    {
        "range": {"category": list(LIGHT), "symbol": list(SHAPES)},
        "font": "sans-serif",
        "axis": _AXIS,
        "axisQuantitative": {"labelSeparation": 6},
        "legend": _LEGEND,
        "mark": {"color": LIGHT[0]},
        "point": {"opacity": 1},
        "view": {"stroke": None},
    }
)
"""What pictures look like on white paper."""

_ON_DARK = {"labelColor": "#e6e6e6", "titleColor": "#e6e6e6"}
DARK: Mapping[str, object] = MappingProxyType(
    {
        **CONFIG,
        "background": "transparent",
        "range": {"category": list(DARK_COLOURS), "symbol": list(SHAPES)},
        "axis": {**_AXIS, **_ON_DARK, "gridColor": "#3a3f46", "domainColor": "#8a8f98", "tickColor": "#8a8f98"},
        "legend": {**_LEGEND, **_ON_DARK},
        "mark": {"color": "#56B4E9"},
        "rule": {"color": "#d0d0d0"},
        "tick": {"color": "#ffffff"},
        "text": {"color": "#e6e6e6"},
    }
)
"""What they look like on a dark page."""


@dataclass(frozen=True)
class Figure:
    """A picture: `name` for files and anchors, `title` and what to see in it as texts, and its specification."""

    name: str
    title: str
    about: str
    spec: Mapping[str, object]


def unchecked() -> AbstractContextManager[None]:
    """Within it altair believes what charts are made of: the tests check each, which takes longer than the rest."""
    from altair.utils.schemapi import debug_mode

    return debug_mode(arg=False)


def figure(name: str, title: str, about: str, chart: Drawing) -> Figure:
    """The figure of a chart, as wide as the place where it stands unless its cells have a width."""
    spec = chart.to_dict(validate=False)  # tests draw each picture; here it would cost a second
    spec["datasets"] = {name: json.loads(records) for name, records in spec.get("datasets", {}).items()}
    spec.setdefault("width", "container")
    spec.pop("config", None)
    return Figure(name, title, about, spec)


def by_model(names: Iterable[str], drawn: Iterable[Value]) -> tuple[alt.Color, alt.Shape]:
    """A colour and a shape for each model, in one legend.

    `names` are those of all models of the page, so that a model looks alike in all of its pictures; `drawn` are those
    of one picture, in the order of its legend.
    """
    return told_apart("model", _distinct(names), _distinct(drawn))


def _distinct(names: Iterable[Value]) -> list[str]:
    return list(dict.fromkeys(safe_text.line(str(name)) for name in names))


def told_apart(
    field: str, names: Sequence[str], drawn: Sequence[str] | None = None, *, letters: int = _LEGEND_LETTERS
) -> tuple[alt.Color, alt.Shape]:
    """A colour and a shape for each value of a field, in one legend, which has the values that are `drawn`.

    Its columns are as many as have room beside each other where a line has so many `letters`, as on a telephone.
    """
    import altair as alt

    scale, encoded, values = alt.Scale(domain=list(names)), f"{field}:N", list(drawn or names)
    legend = alt.Legend(orient="bottom", columns=_columns(values, letters), title=None, symbolOpacity=1, values=values)
    return alt.Color(encoded, scale=scale, legend=legend), alt.Shape(encoded, scale=scale, legend=legend)


def _columns(names: Sequence[str], letters: int) -> int:
    """The most columns of a legend of these names in which no line has more letters."""
    numbers = range(min(_MOST_COLUMNS, len(names)), 1, -1)
    return next((number for number in numbers if _letters(names, number) <= letters), 1)


def _letters(names: Sequence[str], columns: int) -> int:
    """Letters side by side in a legend with so many columns, symbols included."""
    return sum(max(len(name) for name in names[column::columns]) + _SYMBOL for column in range(columns))


def matrix_width(columns: int, cell: float) -> alt.Step | str:
    """The width of a matrix: that of its place where it has few columns, else so many pixels for each."""
    import altair as alt

    return "container" if columns <= _SPREAD else alt.Step(cell)


def fields(*shown: str | alt.Tooltip) -> list[alt.Tooltip]:
    """Fields to show where the mouse is, by their names, such as `model:N`, or with a format.

    altair takes names alone as well, and looks for their class among all of its own each time (20 ms).
    """
    import altair as alt

    return [alt.Tooltip(field) if isinstance(field, str) else field for field in shown]


def data(records: Iterable[Record]) -> alt.InlineData:
    """Records as data of a chart; texts are made safe, and numbers that are none are left out.

    They are one JSON text until `figure` reads it, as altair would copy and check each value a dozen times.
    """
    import altair as alt

    return alt.InlineData(
        values=json.dumps([{key: _plain(value) for key, value in record.items()} for record in records])
    )


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return safe_text.line(value)
    return value if value is None or isfinite(value) else None
