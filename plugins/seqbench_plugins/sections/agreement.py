"""How far models agree: kappa of each pair, and whether they make the same mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seqbench.sections import (
    MOST_ROWS,
    Agreement,
    DatasetReport,
    Drawing,
    Figure,
    Record,
    Table,
    agreements,
    all_wrong,
    counted,
    data,
    fields,
    figure,
    matrix_width,
    safe_line,
)

_CELL, _HIGH = 44, 24  # pixels
_MOST_PAIRS = 200  # in the table


def section(report: DatasetReport) -> Iterator[Figure | Table]:
    """The picture of a dataset with predictions of two models or more, and a table of its numbers."""
    if report.predictions is None or len(report.predictions.keys) < len("ab"):
        return
    order = [row.key for row in report.rows if row.key in report.predictions.keys][:MOST_ROWS]
    records: list[Record] = []
    pairs = agreements(report.predictions)
    for pair in pairs:
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
    about += " How many tokens both have wrong, and how many of them alike, is in a table below."
    yield figure(
        "agreement", "How far models agree", about, _chart(records, [safe_line(report.names[k]) for k in order])
    )
    yield _table(report, pairs)


def _table(report: DatasetReport, pairs: Sequence[Agreement]) -> Table:
    """Each pair of models in numbers, the most alike first."""
    rows = [
        [
            report.names[pair.a],
            report.names[pair.b],
            "-" if pair.kappa is None else f"{pair.kappa:.3f}",
            *("-" if share is None else f"{100 * share:.2f}" for share in (pair.same, pair.both_wrong, pair.alike)),
        ]
        for pair in pairs[:_MOST_PAIRS]
    ]
    left = len(pairs) - len(rows)
    notes = [*_nobody(report), *([f"{counted(left, 'pair')} that agree least left out."] if left else [])]
    return Table("How far models agree", ["first", "second", "kappa", *_TITLES.values()], rows, notes)


def _nobody(report: DatasetReport) -> Iterator[str]:
    """A sentence on the tokens that no model has right, which no vote of these models can mend."""
    if report.predictions is not None:
        wrong, tokens = all_wrong(report.predictions), len(report.predictions.reference.gold)
        share = f"{wrong.tokens:,} of {tokens:,} tokens ({100 * wrong.tokens / max(1, tokens):.2f} %)"
        yield f"All models with all seeds are wrong on {share}, with the same wrong tag on {wrong.alike:,} of these."


def _chart(records: Sequence[Record], names: Sequence[str]) -> Drawing:
    import altair as alt

    x = alt.X("with:N", sort=list(names), title=None, axis=alt.Axis(labelAngle=-60))
    base = alt.Chart(data(records)).encode(x=x, y=alt.Y("model:N", sort=list(names), title=None))
    scale = alt.Scale(range=["#dceaf5", "#6fa8d6"], zero=False)
    shown = fields(
        "model:N",
        "with:N",
        alt.Tooltip("kappa:Q", format=".3f"),
        *(alt.Tooltip(f"{part}:Q", format=".2f", title=title) for part, title in _TITLES.items()),
    )
    cells = base.mark_rect().encode(color=alt.Color("kappa:Q", scale=scale, legend=None), tooltip=shown)
    numbers = base.mark_text(fontSize=10, color="black").encode(text=alt.Text("kappa:Q", format=".2f"))
    return alt.layer(cells, numbers).properties(width=matrix_width(len(names), _CELL), height=_HIGH * len(names))


_TITLES = {"same": "same tag, %", "wrong": "both wrong, %", "alike": "of these the same tag, %"}
