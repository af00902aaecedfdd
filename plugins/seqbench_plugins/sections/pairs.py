"""Pictures of comparisons: each pair of models, and the critical-difference diagram over several datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seqbench.sections import (
    BETTER,
    MOST_ROWS,
    Comparison,
    DatasetReport,
    Drawing,
    Figure,
    Record,
    data,
    fields,
    figure,
    matrix_width,
    safe_line,
)

_CELL = 30  # pixels
_WORSE = "worse"
_COLOURS, _OTHER = {BETTER: "#0072B2", _WORSE: "#B34700"}, "#6B6B6B"


def section(report: DatasetReport) -> Iterator[Figure]:
    """A matrix of all pairs, with a choice of the question."""
    order = [safe_line(report.names[row.key]) for row in report.rows[:MOST_ROWS]]
    decided = [c for c in report.comparisons if c.metric == "accuracy" and c.relation]
    records = [record for c in decided for record in _both_ways(report, c)]
    if records and len(order) > 1:
        about = "Points of accuracy by which the model of a row is above that of a column, and whether that is shown."
        yield figure("pairs", "Every pair of models", about, _matrix(records, order))


def _matrix(records: Sequence[Record], order: Sequence[str]) -> Drawing:
    """A cell for each pair, coloured by what is shown of it."""
    import altair as alt

    questions, words = (list(dict.fromkeys(str(r[key]) for r in records)) for key in ("question", "relation"))
    select = alt.binding_select(options=questions, name="question: ")
    question = alt.param(name="chosen", value=questions[0], bind=select)
    scale = alt.Scale(domain=words, range=[_COLOURS.get(word, _OTHER) for word in words])
    base = (
        alt.Chart(data(records))
        .transform_filter("datum.question === chosen")
        .encode(
            x=alt.X("than:N", sort=order, title="than", axis=alt.Axis(labelAngle=-60)),
            y=alt.Y("model:N", sort=order, title=None),
            tooltip=fields(
                "model:N", "relation:N", "than:N", alt.Tooltip("points:Q", format="+.2f"), alt.Tooltip("p:Q")
            ),
        )
    )
    legend = alt.Legend(orient="bottom", title=None)
    cells = base.mark_rect(stroke="white").encode(color=alt.Color("relation:N", scale=scale, legend=legend))
    numbers = base.mark_text(color="white", fontSize=10).encode(text=alt.Text("points:Q", format="+.1f"))
    size = {"width": matrix_width(len(order), _CELL + 6), "height": _CELL * len(order)}
    return alt.layer(cells, numbers).add_params(question).properties(**size)


def _both_ways(report: DatasetReport, c: Comparison) -> Iterator[Record]:
    first, second = report.names[c.a], report.names[c.b]
    relation = c.relation or ""
    common = {"question": _QUESTIONS.get(c.question, c.question), "p": c.p_adjusted}
    yield {"model": first, "than": second, "relation": relation, "points": 100 * c.difference, **common}
    turned = _WORSE if relation == BETTER else relation
    yield {"model": second, "than": first, "relation": turned, "points": -100 * c.difference, **common}


_QUESTIONS: Mapping[str, str] = {
    "model": "(a) these models on such text",
    "learner": "(b) these ways of learning",
    "splits": "ways of learning, over splits",
}
