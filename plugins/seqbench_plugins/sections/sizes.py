"""Accuracy by size of the training set, where a dataset was learned from in several sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from seqbench.sections import (
    DatasetSummary,
    Drawing,
    Figure,
    Findings,
    Record,
    Results,
    by_model,
    data,
    fields,
    figure,
)

_SIZE = "train-size"
"""The option of a dataset that draws so many sentences of train."""


def section(findings: Findings) -> Iterator[Figure]:
    """Accuracy by sentences of train, for each dataset with several sizes; splits are pooled already."""
    results = findings.results
    for name, same in groupby(results.datasets, key=lambda dataset: dataset.origin or dataset.name):
        sizes = {dataset.fingerprint: size for dataset in same if (size := _size(dataset))}
        if len(sizes) > 1:
            records = list(_by_size(results, sizes))
            about = f"{name}: means over seeds; the band goes from the lowest seed to the highest. {_gains(records)}"
            yield figure(f"sizes-{len(sizes)}", "Accuracy by training size", about, _sizes_chart(records, results))


def _size(dataset: DatasetSummary) -> float:
    drawn = dataset.drawn.get(_SIZE, "")
    return float(drawn) if drawn.isdigit() else float(dataset.sentences.train if dataset.sentences else 0)


def _by_size(results: Results, sizes: dict[str, float]) -> Iterator[Record]:
    for row in results.rows:
        score = row.scores["accuracy"]
        if row.dataset.fingerprint in sizes and score.mean is not None:
            seeds = [100 * value for value in score.per_seed if value is not None]
            limits = {"mean": 100 * score.mean, "low": min(seeds), "high": max(seeds)}
            yield {"model": results.name(row), "size": sizes[row.dataset.fingerprint], **limits}


def _gains(records: Sequence[Record]) -> str:
    """Words for the points that the last step to more sentences has brought each model."""
    sizes = sorted({float(record["size"] or 0) for record in records})[-len(("before", "after")) :]
    means = {(record["model"], record["size"]): float(record["mean"] or 0) for record in records}
    models = [m for m in dict.fromkeys(record["model"] for record in records) if all((m, s) in means for s in sizes)]
    gains = {str(model): means[model, sizes[-1]] - means[model, sizes[0]] for model in models}
    listed = ", ".join(f"{model} {gain:+.2f}" for model, gain in sorted(gains.items(), key=lambda pair: -pair[1]))
    return f"From {sizes[0]:,.0f} to {sizes[-1]:,.0f} sentences, in points: {listed}." if gains else ""


def _sizes_chart(records: Sequence[Record], results: Results) -> Drawing:
    import altair as alt

    base = alt.Chart(data(records))
    x = alt.X("size:Q", title="sentences of train", scale=alt.Scale(type="log", nice=False))
    y = alt.Y("mean:Q", title="accuracy in %", scale=alt.Scale(zero=False))
    colour, shape = by_model(results.names.values(), (record["model"] for record in records))
    band = base.mark_area(opacity=0.15).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=colour)
    dots = base.mark_point(filled=True, size=60).encode(
        x=x, y=y, color=colour, shape=shape, tooltip=fields("model:N", "mean:Q")
    )
    return alt.layer(band, base.mark_line().encode(x=x, y=y, color=colour), dots).properties(height=300)
