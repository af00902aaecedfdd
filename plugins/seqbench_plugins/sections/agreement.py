"""How far models agree: kappa of each pair, and whether they make the same mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seqbench.sections import (
    MOST_ROWS,
    DatasetReport,
    Drawing,
    Figure,
    Record,
    agreements,
    data,
    fields,
    figure,
    safe_line,
)

_CELL = 44  # pixels


def section(report: DatasetReport) -> Iterator[Figure]:
    """The picture of a dataset with predictions of two models or more."""
    if report.predictions is None or len(report.predictions.keys) < len("ab"):
        return
    order = [row.key for row in report.rows if row.key in report.predictions.keys][:MOST_ROWS]
    records: list[Record] = []
    for pair in agreements(report.predictions):
        if {pair.a, pair.b} <= set(order):
            shares = {
                "kappa": pair.kappa,
                "same": 100 * pair.same,
                "wrong": 100 * pair.both_wrong,
                "alike": None if pair.alike is None else 100 * pair.alike,
            }
            for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
                records.append({"model": report.names[a], "with": report.names[b], **shares})
    about = "Cohen's kappa of two models: agreement beyond chance, 1 at most, means over pairs of seeds."
    about += " Where the mouse is: tokens that both have wrong, and those of them with the same wrong tag."
    yield figure(
        "agreement", "How far models agree", about, _chart(records, [safe_line(report.names[k]) for k in order])
    )


def _chart(records: Sequence[Record], names: Sequence[str]) -> Drawing:
    import altair as alt

    x = alt.X("with:N", sort=list(names), title=None, axis=alt.Axis(labelAngle=-60))
    base = alt.Chart(data(records)).encode(x=x, y=alt.Y("model:N", sort=list(names), title=None))
    scale = alt.Scale(range=["#f7f7f7", "#8ab8dc"], zero=False)
    shown = fields(
        "model:N",
        "with:N",
        alt.Tooltip("kappa:Q", format=".3f"),
        *(alt.Tooltip(f"{part}:Q", format=".2f", title=title) for part, title in _TITLES.items()),
    )
    cells = base.mark_rect().encode(color=alt.Color("kappa:Q", scale=scale, legend=None), tooltip=shown)
    numbers = base.mark_text(fontSize=10, color="black").encode(text=alt.Text("kappa:Q", format=".2f"))
    return alt.layer(cells, numbers).properties(width=alt.Step(_CELL), height=alt.Step(24))


_TITLES = {"same": "same tag, %", "wrong": "both wrong, %", "alike": "of these the same tag, %"}
