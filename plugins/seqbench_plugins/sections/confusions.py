"""Pictures of errors: confusion matrices and the difference of two models, F1 of each tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqbench.sections import (
    MOST_ROWS,
    DatasetReport,
    Drawing,
    Figure,
    ModelKey,
    Predictions,
    Record,
    Table,
    by_model,
    counted,
    data,
    fields,
    figure,
    matrix_width,
    safe_line,
)

if TYPE_CHECKING:
    import altair as alt

_NONE, _RAMP = "(none)", ["#8f80dc", "#ded8f6", "#fde0bd", "#f2933a"]  # on each side from strong to weak, none white
_LEAST = 0.001  # tokens; cells without any are not drawn
_SIGNED = "chosen === less ? 0 : datum.model === chosen ? datum.tokens : datum.model === less ? -datum.tokens : 0"
_SHORT = "format(datum.tokens, abs(datum.tokens) < 100 ? '.1~f' : abs(datum.tokens) < 1000 ? '.0f' : '.3~s')"
_CELL, _ROW = 24, 22  # pixels
_TOLD = 3  # confusions of the best model in words


def section(report: DatasetReport) -> Iterator[Figure | Table]:
    """The pictures of a dataset with predictions, and a table of the F1 of each tag."""
    if report.predictions is not None:
        yield from _confusions(report, report.predictions)
    yield from _per_tag(report)


def _confusions(report: DatasetReport, predictions: Predictions) -> Iterator[Figure]:
    """Tokens of each gold tag that got each tag, of one model or of one less those of another."""
    order = [row.key for row in report.rows if row.key in predictions.keys][:MOST_ROWS]
    tags, records = _confused(report, predictions, order)
    left, names = len(predictions.tags) - len(tags), [safe_line(report.names[key]) for key in order]
    about = "Tokens of each gold tag (rows) that got each tag, means over seeds; right ones have no colour."
    about += f" {counted(left, 'tag')} with the fewest errors left out." if left else ""
    about += _most_often([record for record in records if record["model"] == names[0]], names[0])
    yield figure("confusion", "Confusions of a model, or of two", about, _matrix_chart(records, tags, names))


def _most_often(records: Sequence[Record], model: str) -> str:
    """A sentence on the most frequent confusions of a model; empty where it makes no mistake."""
    wrong = [record for record in records if record["gold"] != record["predicted"]]
    most = sorted(wrong, key=lambda record: -float(record["tokens"] or 0))[:_TOLD]
    pairs = ", ".join(f"{record['gold']} for {record['predicted']} ({record['tokens']:g} tokens)" for record in most)
    return f" Most often {model} takes words that are {pairs}." if most else ""


def _matrix_chart(records: Sequence[Record], tags: Sequence[str], names: Sequence[str]) -> Drawing:
    """Cells with numbers, coloured where gold and prediction differ."""
    import altair as alt

    chosen = alt.param(name="chosen", value=names[0], bind=alt.binding_select(options=list(names), name="model: "))
    others = alt.binding_select(options=[_NONE, *names], name="less that of: ")
    less = alt.param(name="less", value=_NONE, bind=others)
    base = _cells(records, tags)
    most = max((float(r["tokens"] or 0) for r in records if r["gold"] != r["predicted"]), default=1.0)
    ramp = alt.Scale(type="symlog", domain=[-most, -_LEAST, _LEAST, most], range=_RAMP)
    cells = base.transform_filter("datum.gold !== datum.predicted").mark_rect()
    cells = cells.encode(
        color=alt.Color(
            "tokens:Q",
            scale=ramp,
            title="tokens (below 0: less than the other model)",
            legend=alt.Legend(orient="bottom"),
        ),
        tooltip=fields("gold:N", "predicted:N", alt.Tooltip("tokens:Q", format=".1f")),
    )
    numbers = base.transform_calculate(short=_SHORT).mark_text(fontSize=9).encode(text="short:N", color=_ink())
    size = {"width": matrix_width(len(tags), _CELL + 4), "height": _CELL * len(tags)}
    return alt.layer(cells, numbers).add_params(chosen, less).properties(**size)


def _cells(records: Sequence[Record], tags: Sequence[str]) -> alt.Chart:
    """The cells that are not empty, at their gold and predicted tag, with the tokens that the choice leaves."""
    import altair as alt

    signed = alt.Chart(data(records)).transform_calculate(signed=_SIGNED)
    summed = signed.transform_aggregate(tokens="sum(signed)", groupby=["gold", "predicted"])
    scale, angle = alt.Scale(domain=list(tags)), alt.Axis(labelAngle=-90)
    chart: alt.Chart = summed.transform_filter("datum.tokens !== 0").encode(
        x=alt.X("predicted:N", sort=list(tags), title="predicted", scale=scale, axis=angle),
        y=alt.Y("gold:N", sort=list(tags), title="gold", scale=scale),
    )
    return chart


def _ink() -> dict[str, object]:
    """The colour of numbers: black in coloured cells, that of text elsewhere."""
    return {"condition": {"test": "datum.gold !== datum.predicted", "value": "black"}}


def _confused(
    report: DatasetReport, predictions: Predictions, order: Sequence[ModelKey]
) -> tuple[list[str], list[Record]]:
    """The tags with most errors, in the order of their ids, and what each model makes of them."""
    errors = np.sum([_errors(predictions, key) for key in order], axis=0)
    gold = np.bincount(predictions.reference.gold, minlength=len(predictions.tags))
    used = [tag for tag in np.lexsort([-gold, -errors])[:MOST_ROWS].tolist() if errors[tag] or gold[tag]]
    shown = sorted(used, key=lambda tag: (-int(gold[tag]), tag))
    matrices = {key: _matrix(predictions, key, shown) for key in order}
    names = [safe_line(predictions.tags[tag]) for tag in shown]
    records: list[Record] = [
        {"model": report.names[key], "gold": names[i], "predicted": names[j], "tokens": float(matrix[i, j])}
        for key, matrix in matrices.items()
        for i, j in zip(*(places.tolist() for places in np.nonzero(matrix)), strict=True)
    ]
    return names, records


def _errors(predictions: Predictions, key: ModelKey) -> NDArray[np.float64]:
    """Wrong tokens that have a tag in gold or prediction, a mean over seeds: (tags,)."""
    gold, ids = predictions.reference.gold, predictions.of(key).ids
    wrong = [np.concatenate([seed[seed != gold], gold[seed != gold]]) for seed in ids]
    return np.bincount(np.concatenate(wrong), minlength=len(predictions.tags)) / len(ids)


def _matrix(predictions: Predictions, key: ModelKey, shown: Sequence[int]) -> NDArray[np.float64]:
    """(gold, predicted) tokens of the tags that are shown, a mean over seeds."""
    index = np.full(len(predictions.tags), -1)
    index[list(shown)] = np.arange(len(shown))
    ids = predictions.of(key).ids
    gold, predicted = np.broadcast_to(index[predictions.reference.gold], ids.shape), index[ids]
    both = (gold >= 0) & (predicted >= 0)
    codes = gold[both] * len(shown) + predicted[both]
    counts = np.bincount(codes, minlength=len(shown) ** 2).reshape(len(shown), len(shown))
    return np.asarray(counts / len(ids))


def _per_tag(report: DatasetReport) -> Iterator[Figure | Table]:
    """F1 of each tag, a mark for each model, and as a table."""
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    support: dict[str, int] = defaultdict(int)
    for row in report.rows[:MOST_ROWS]:
        for scored in chain.from_iterable(report.tag_scores(row)):
            scores[scored.tag][report.names[row.key]].append(100 * scored.f1)
            support[scored.tag] = max(support[scored.tag], scored.support)
    order = sorted(scores, key=lambda tag: -support[tag])[:MOST_ROWS]
    records: list[Record] = [
        {"tag": tag, "tokens": support[tag], "model": model, "f1": fmean(seeds)}
        for tag in order
        for model, seeds in scores[tag].items()
    ]
    if records:
        left = len(scores) - len(order)
        about = "Means over seeds; click a name to see it alone. The numbers are in a table below."
        about += f" {counted(left, 'rare tag')} left out." if left else ""
        yield figure("tags", "F1 of each tag", about, _tag_chart(report, records, [safe_line(tag) for tag in order]))
        yield _tag_table(records, support)


def _tag_table(records: Sequence[Record], tokens: Mapping[str, int]) -> Table:
    """A row for each tag that is drawn, with a column for each model, which has `-` where it has no score."""
    f1 = {(record["tag"], record["model"]): f"{record['f1']:.2f}" for record in records}
    models = list(dict.fromkeys(str(record["model"]) for record in records))
    tags = list(dict.fromkeys(str(record["tag"]) for record in records))
    rows = [[tag, f"{tokens[tag]:,}", *(f1.get((tag, model), "-") for model in models)] for tag in tags]
    return Table("F1 of each tag in %", ["tag", "tokens of test", *models], rows, ["Means over seeds."])


def _tag_chart(report: DatasetReport, records: Sequence[Record], tags: Sequence[str]) -> Drawing:
    import altair as alt

    colour, shape = by_model(report.names.values(), (record["model"] for record in records))
    picked = alt.selection_point(name="picked", fields=["model"], bind="legend")
    marks = alt.Chart(data(records)).mark_point(filled=True, size=60)
    chart: alt.Chart = marks.encode(
        x=alt.X("f1:Q", title="F1 in %"),
        y=alt.Y("tag:N", sort=list(tags), title="tag, the most frequent first"),
        color=colour,
        shape=shape,
        opacity=alt.when(picked).then(alt.value(0.9)).otherwise(alt.value(0.08)),
        tooltip=fields("tag:N", "tokens:Q", "model:N", alt.Tooltip("f1:Q", format=".2f")),
    )
    chart = chart.add_params(picked)
    return chart.properties(height=_ROW * len(tags))
