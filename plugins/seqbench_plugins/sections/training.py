"""Pictures of training: loss and scores on dev by epoch and by seconds, and accuracy by training size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import fmean

from seqbench.sections import (
    MOST_ROWS,
    DatasetReport,
    Drawing,
    Figure,
    Record,
    Row,
    TrialRecord,
    by_model,
    counted,
    data,
    fields,
    figure,
    named,
    safe_line,
)

_DRAWN = ("loss", "dev_loss", "dev_accuracy", "dev_score")
_AXES = ("epochs", "CPU seconds, shared out by tokens")


def section(report: DatasetReport) -> Iterator[Figure]:
    """A picture for each thing that taggers report at every epoch, as far as one did."""
    for what in _DRAWN:
        records = [record for row in report.rows[:MOST_ROWS] for record in _curve(report, row, what)]
        if records and not (what == "dev_score" and _same_as_accuracy(report.rows)):
            about = "Means over seeds; the band goes from the lowest seed to the highest. Click a name to see it alone."
            about += "" if "loss" in what else _unfinished(report, what)
            yield figure(f"curve-{what}", f"{named(what).capitalize()} by epoch", about, _chart(report, records, what))


def _unfinished(report: DatasetReport, what: str) -> str:
    """A sentence on the models whose scores on dev were still the best ones at the last epoch."""
    models: list[str] = []
    for row in report.rows[:MOST_ROWS]:
        curves = [[value for _, _, value in _steps(trial, what)] for trial in row.finished_trials]
        several = [values for values in curves if len(values) > 1]
        rising = sum(values[-1] > max(values[:-1]) for values in several)
        if rising:
            trials = counted(len(several), "trial" if report.over else "seed")
            models.append(f"{safe_line(report.names[row.key])} ({rising} of {trials})")
    if not models:
        return " No model was best at its last epoch: more epochs promise little."
    return f" Still rising at the last epoch, so that more epochs may help: {', '.join(models)}."


def _same_as_accuracy(rows: Sequence[Row]) -> bool:
    steps = [step for row in rows for trial in row.finished_trials for step in trial.curve]
    return all(step.get("dev_score") == step.get("dev_accuracy") for step in steps)


def _curve(report: DatasetReport, row: Row, what: str) -> Iterator[Record]:
    """Mean, lowest and highest of the seeds at each epoch, and the mean of the seconds until then."""
    by_epoch: dict[float, list[tuple[float, float | None]]] = defaultdict(list)
    for trial in row.finished_trials:
        for epoch, seconds, value in _steps(trial, what):
            by_epoch[epoch].append((value, seconds))
    scale = 1 if "loss" in what else 100
    for epoch, pairs in by_epoch.items():
        values, known = [scale * value for value, _ in pairs], [s for _, s in pairs if s is not None]
        limits = {"mean": fmean(values), "low": min(values), "high": max(values)}
        yield {"model": report.names[row.key], "epoch": epoch, "seconds": fmean(known) if known else None, **limits}


def _steps(trial: TrialRecord, what: str) -> Iterator[tuple[float, float | None, float]]:
    """Epoch, seconds until then, and the value, of each step that has it; taggers tell tokens, and no seconds."""
    tokens = [step.get("tokens", 1) for step in trial.curve]
    took, whole = trial.timings.get("fit_seconds"), sum(tokens)
    for number, step in enumerate(trial.curve, start=1):
        if what in step:
            seconds = took * sum(tokens[:number]) / whole if took is not None and whole else None
            yield float(step.get("epoch", number)), seconds, float(step[what])


def _chart(report: DatasetReport, records: Sequence[Record], what: str) -> Drawing:
    import altair as alt

    title = named(what)
    timed = any(record["seconds"] is not None for record in records)
    axis = alt.param(name="along", value=_AXES[0], bind=alt.binding_radio(options=list(_AXES), name="along: "))
    picked = alt.selection_point(name="picked", fields=["model"], bind="legend")
    position = f"along === '{_AXES[0]}' ? datum.epoch : datum.seconds" if timed else "datum.epoch"
    base = alt.Chart(data(records)).transform_calculate(place=position).transform_filter("isValid(datum.place)")
    whole = f"datum.value % 1{f' && along === {_AXES[0]!r}' if timed else ''} ? '' : format(datum.value, '~g')"
    epochs = alt.Axis(labelExpr=whole)  # an epoch is a whole number, whatever the ticks between them
    x = alt.X("place:Q", title="epochs, or seconds where chosen" if timed else "epochs", axis=epochs)
    y = alt.Y("mean:Q", title=title if "loss" in title else f"{title} in %", scale=alt.Scale(zero=False))
    colour, shape = by_model(report.names.values(), (record["model"] for record in records))
    shown = alt.when(picked)
    line = base.mark_line().encode(x=x, y=y, color=colour, opacity=shown.then(alt.value(1)).otherwise(alt.value(0.1)))
    numbers = [alt.Tooltip(f"{part}:Q", format=".4~g") for part in ("mean", "low", "high")]
    dots = base.mark_point(filled=True, size=60).encode(
        x=x, y=y, color=colour, shape=shape, opacity=shown.then(alt.value(1)).otherwise(alt.value(0.1)),
        tooltip=fields("model:N", "epoch:Q", *numbers),
    )  # fmt: skip
    band = base.mark_area().encode(
        x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=colour,
        opacity=shown.then(alt.value(0.15)).otherwise(alt.value(0.02)),
    )  # fmt: skip
    params = [picked, axis] if timed else [picked]
    return alt.layer(band, line, dots).add_params(*params).properties(height=300)
