"""Plots for a terminal, drawn by plotext: learning curves, accuracy against cost, confusions, training sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from statistics import fmean
from types import MappingProxyType
from typing import TypeAlias

from seqbench.comparing.across_splits import pooled
from seqbench.data.split_options import SIZE
from seqbench.reporting import safe_text
from seqbench.reporting.layout import Layout
from seqbench.reporting.row_confusions import row_answers
from seqbench.results.listing import Listing
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results, Row
from seqbench.scoring.tag_scores import frequent_pairs

Points: TypeAlias = Mapping[str, tuple[Sequence[float], Sequence[float]]]
"""By label, the places on both axes."""

_LINES, _WIDEST, _CONFUSIONS = 20, 100, 15


def plots(kind: str, listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """Plots of one of `PLOTS`, each with its title; none where the results have nothing to draw."""
    yield from PLOTS[kind](listing, results, layout)


def _curves(_listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """Accuracy on dev by epoch, means over seeds."""
    for dataset in results.datasets:
        rows = results.rows_of(dataset.fingerprint)
        points = {results.name(row): _by_epoch(row) for row in rows}
        yield from _drawn(f"{dataset.name}: dev accuracy in % by epoch", points, layout, joined=True)


def _by_epoch(row: Row) -> tuple[list[float], list[float]]:
    steps: dict[float, list[float]] = {}
    for trial in row.finished_trials:
        for step in trial.curve:
            if "dev_accuracy" in step and "epoch" in step:
                steps.setdefault(float(step["epoch"]), []).append(100 * step["dev_accuracy"])
    return list(steps), [fmean(scores) for scores in steps.values()]


def _against_cost(_listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """Accuracy by CPU seconds of training, and the models that no other beats in both."""
    for dataset in results.datasets:
        places = {
            results.name(row): (float(seconds), 100 * mean)
            for row in results.rows_of(dataset.fingerprint)
            if (seconds := row.costs["fit_seconds"]) is not None and (mean := row.scores["accuracy"].mean) is not None
        }
        points: Points = {name: ([x], [y]) for name, (x, y) in places.items()}
        front = [n for n, (x, y) in places.items() if not any(_beats(p, (x, y)) for p in places.values())]
        for text in _drawn(f"{dataset.name}: test accuracy in % by CPU seconds of training", points, layout):
            yield f"{text}\nno other is as good in less time: {safe_text.line(', '.join(front))}"


def _beats(point: tuple[float, float], other: tuple[float, float]) -> bool:
    return point != other and point[0] <= other[0] and point[1] >= other[1]


def _by_size(_listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """Accuracy on test by sentences of train."""
    together = pooled(results)
    for name, datasets in groupby(together.datasets, key=lambda dataset: dataset.origin or dataset.name):
        sizes = {dataset.fingerprint: size for dataset in datasets if (size := _size(dataset))}
        points: dict[str, tuple[list[float], list[float]]] = {}
        for row in sorted(together.rows, key=lambda row: sizes.get(row.dataset.fingerprint, 0)):
            mean = row.scores["accuracy"].mean
            if row.dataset.fingerprint in sizes and mean is not None:
                x, y = points.setdefault(together.name(row), ([], []))
                x.append(sizes[row.dataset.fingerprint])
                y.append(100 * mean)
        if len(sizes) > 1:
            yield from _drawn(f"{name}: test accuracy in % by sentences of train", points, layout, joined=True)


def _size(dataset: DatasetSummary) -> float:
    drawn = dataset.drawn.get(SIZE, "")
    if drawn.isdigit():
        return float(drawn)
    return float(dataset.sentences.train) if dataset.sentences else 0.0


def _confused(listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """The most frequent confusions of each model, in tokens of all its seeds."""
    for row in pooled(results, folds_alone=True).rows:
        answers = row_answers(listing, row) if row.finished_trials else None
        if answers is not None:
            tags = answers.tags
            wrong = [pair for pair in frequent_pairs(answers.gold, answers.trials, len(tags)) if pair[0] != pair[1]]
            counts = {f"{tags[i]} as {tags[j]}": tokens for i, j, tokens in wrong[:_CONFUSIONS]}
            title = f"{row.dataset.name}: tags that {results.name(row)} takes for others, in tokens"
            yield from _bars(title, counts, layout)


def _bars(title: str, counts: Mapping[str, int], layout: Layout) -> Iterator[str]:
    import plotext

    if counts:
        plotext.clear_figure()
        plotext.simple_bar([safe_text.line(name) for name in counts], list(counts.values()), width=_width(layout) - 6)
        yield _text(title, plotext.build(), layout)


def _drawn(title: str, points: Points, layout: Layout, *, joined: bool = False) -> Iterator[str]:
    """The plot of all that has points, joined by lines or not."""
    import plotext

    chosen = {safe_text.line(name): (x, y) for name, (x, y) in points.items() if x}
    if chosen:
        plotext.clear_figure()
        plotext.theme("pro" if layout.colour else "clear")
        plotext.plot_size(_width(layout), _LINES)
        for (name, (x, y)), marker in zip(chosen.items(), _markers(len(chosen)), strict=True):
            draw = plotext.plot if joined and len(x) > 1 else plotext.scatter
            draw(x, y, label=name, marker=marker)
        yield _text(title, plotext.build(), layout)


def _markers(count: int) -> list[str]:
    """A letter for each model, which tells them apart without colours."""
    return [chr(ord("a") + number % 26) for number in range(count)]


def _width(layout: Layout) -> int:
    return min(layout.width or _WIDEST, _WIDEST)


def _text(title: str, drawn: str, layout: Layout) -> str:
    import plotext

    shown = drawn if layout.colour else plotext.uncolorize(drawn)
    body = "\n".join(line.rstrip() for line in shown.splitlines())
    return f"{safe_text.line(title)}\n\n{body}"


PLOTS: Mapping[str, Callable[[Listing, Results, Layout], Iterator[str]]] = MappingProxyType(
    {"curve": _curves, "pareto": _against_cost, "confusion": _confused, "sizes": _by_size}
)
