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
    Table,
    counted,
    data,
    fields,
    figure,
    matrix_width,
    p_value,
    safe_line,
    seemingly_apart,
)

_CELL = 30  # pixels
_MOST_PAIRS = 200  # in the table
_WORSE = "worse"
_ALONE = "95 % interval: that of a pair by itself."
_COLOURS, _OTHER = {BETTER: "#0072B2", _WORSE: "#B34700"}, "#6B6B6B"


def section(report: DatasetReport) -> Iterator[Figure | Table]:
    """A matrix of all pairs, with a choice of the question, and a table of the numbers behind it."""
    order = [safe_line(report.names[row.key]) for row in report.rows[:MOST_ROWS]]
    decided = [c for c in report.comparisons if c.metric == "accuracy" and c.relation]
    records = [record for c in decided for record in _both_ways(report, c)]
    if records and len(order) > 1:
        about = "Points of accuracy by which the model of a row is above that of a column, and whether that is shown."
        yield figure("pairs", "Every pair of models", about, _matrix(records, order))
        yield _table(report, decided)


def _table(report: DatasetReport, decided: Sequence[Comparison]) -> Table:
    """Each pair with its difference, interval and p; of many pairs the first ones."""
    rows = [
        [
            _QUESTIONS.get(c.question, c.question),
            report.names[c.a],
            report.names[c.b],
            f"{100 * c.difference:+.2f}",
            "-" if c.ci95 is None else " to ".join(f"{100 * limit:+.2f}" for limit in c.ci95),
            p_value(c.p_adjusted),
            c.relation or "-",
        ]
        for c in decided[:_MOST_PAIRS]
    ]
    left = len(decided) - len(rows)
    notes = ["p: corrected for all pairs and questions together (Holm).", seemingly_apart(decided) or _ALONE]
    notes += [f"{counted(left, 'comparison')} left out: seqbench compare prints all."] * bool(left)
    columns = ["question", "first", "second", "points of accuracy", "95 % interval", "p", "the first is"]
    return Table("Every pair of models", columns, rows, notes)


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
