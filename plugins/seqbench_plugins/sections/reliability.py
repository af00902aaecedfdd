"""The picture of reliability: how often models are right when they are so sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seqbench.sections import (
    MOST_ROWS,
    Calibration,
    DatasetReport,
    Drawing,
    Figure,
    Record,
    by_model,
    data,
    fields,
    figure,
    safe_line,
)

_EVEN: Sequence[Record] = ({"sure": 0.0, "right": 0.0}, {"sure": 100.0, "right": 100.0})


def section(report: DatasetReport) -> Iterator[Figure]:
    """The picture of the models of a dataset that gave probabilities, if one did."""
    calibrated = {calibration.model: calibration for calibration in report.calibrations}
    shown = [calibrated[row.key] for row in report.rows if row.key in calibrated][:MOST_ROWS]
    records = [record for calibration in shown for record in _records(report, calibration)]
    if records:
        about = "Tokens of all seeds in bins of confidence. On the dashed line a model is right as often as it is sure;"
        about += " below it, the model is too sure of itself. Calibration error, the mean distance from that line in"
        about += f" points: {_errors(report, shown)}."
        yield figure(
            "reliability", "Do the models know when they are wrong?", about, _chart(records, report.names.values())
        )


def _errors(report: DatasetReport, shown: Sequence[Calibration]) -> str:
    """The calibration error of each model, the smallest first."""
    ordered = sorted(shown, key=lambda calibration: calibration.calibration_error)
    return ", ".join(
        f"{safe_line(report.names[c.model])} {100 * c.calibration_error:.2f} (on the whole "
        f"{'too sure' if c.confidence > c.accuracy else 'not sure enough'})"
        for c in ordered
    )


def _records(report: DatasetReport, calibration: Calibration) -> Iterator[Record]:
    bins = calibration.reliability
    for tokens, sure, right in zip(bins.tokens.tolist(), bins.confidence, bins.accuracy, strict=True):
        if tokens:
            shares = {"sure": 100 * float(sure), "right": 100 * float(right)}
            yield {"model": report.names[calibration.model], "tokens": tokens, **shares}


def _chart(records: Sequence[Record], names: Iterable[str]) -> Drawing:
    import altair as alt

    colour, shape = by_model(names, (record["model"] for record in records))
    x = alt.X("sure:Q", title="mean confidence in %", scale=alt.Scale(domain=[0, 100]))
    y = alt.Y("right:Q", title="right in %", scale=alt.Scale(domain=[0, 100]))
    base = alt.Chart(data(records))
    percent = [alt.Tooltip(f"{part}:Q", format=".2f") for part in ("sure", "right")]
    tooltip = fields("model:N", "tokens:Q", *percent)
    even = alt.Chart(data(_EVEN)).mark_line(strokeDash=[4, 4]).encode(x=x, y=y)
    dots = base.mark_point(filled=True, size=60).encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip)
    return alt.layer(even, base.mark_line().encode(x=x, y=y, color=colour), dots, height=320)
