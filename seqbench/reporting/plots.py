"""Plots for a terminal, drawn by plotext: learning curves, accuracy against cost, confusions, training sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10
from statistics import fmean
from types import MappingProxyType
from typing import TypeAlias

from seqbench.comparing.across_splits import pooled
from seqbench.data.split_options import SIZE
from seqbench.errors import unknown
from seqbench.reporting import safe_text
from seqbench.reporting.layout import Layout
from seqbench.reporting.row_confusions import row_answers
from seqbench.reporting.text_width import wrapped
from seqbench.results.listing import Listing
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results, Row
from seqbench.scoring.tag_scores import frequent_pairs

_WHOLE = re.compile(r"\.00(?=(?:\x1b\[[\d;]*m)*$)", re.MULTILINE)  # behind numbers of tokens that are whole
Points: TypeAlias = Mapping[str, tuple[Sequence[float], Sequence[float]]]
"""By label, the places on both axes."""

_LINES, _WIDEST, _CONFUSIONS = 20, 100, 15
_MOST_TICKS, _STEPS = 8, (1, 2, 5)
_LEAST_SECONDS = 0.001  # a logarithmic axis has no zero


def plots(kind: str, listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """Plots of one of `PLOTS`, each with its title; none where the results have nothing to draw."""
    yield from PLOTS[kind](listing, results, layout)


def plots_as_text(kind: str, listing: Listing, results: Results) -> list[str]:
    """Plots of a kind without colours. Raises `UsageError` if there is no such kind."""
    if kind not in PLOTS:
        raise unknown("plot", kind, PLOTS, listed="Plots")
    return list(plots(kind, listing, results, Layout()))


def _curves(_listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """Accuracy on dev by epoch, means over seeds."""
    for dataset in results.datasets:
        rows = results.rows_of(dataset.fingerprint)
        points = {results.name(row): _by_epoch(row) for row in rows}
        most = max((max(x) for x, _ in points.values() if x), default=1)
        axis = _Axis(range(1, int(most) + 1, 1 + int(most) // (_MOST_TICKS + 1)), joined=True)
        yield from _drawn(f"{dataset.name}: dev accuracy in % by epoch", points, layout, axis)


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
            results.name(row): (max(float(seconds), _LEAST_SECONDS), 100 * mean)
            for row in results.rows_of(dataset.fingerprint)
            if (seconds := row.costs["fit_seconds"]) is not None and (mean := row.scores["accuracy"].mean) is not None
        }
        points: Points = {name: ([x], [y]) for name, (x, y) in places.items()}
        front = [n for n, (x, y) in places.items() if not any(_beats(p, (x, y)) for p in places.values())]
        axis = _Axis(_powers([x for x, _ in places.values()]), log=True)
        for text in _drawn(f"{dataset.name}: test accuracy in % by CPU seconds of training", points, layout, axis):
            yield f"{text}\nno other is as good in less time: {safe_text.line(', '.join(front))}"


def _beats(point: tuple[float, float], other: tuple[float, float]) -> bool:
    return point != other and point[0] <= other[0] and point[1] >= other[1]


def _powers(values: Sequence[float]) -> list[float]:
    """Round numbers among these values: 1, 2 and 5 times powers of ten, or these powers alone where that is too many.

    The ends of the values where there is hardly one.
    """
    low, high = min(values, default=1.0), max(values, default=1.0)
    powers = [10.0**power for power in range(floor(log10(low)), ceil(log10(high)) + 1)]
    every = [step * power for power in powers for step in _STEPS if low <= step * power <= high]
    if len(every) < len((low, high)):
        return [float(f"{end:.2g}") for end in (low, high)]
    return every if len(every) <= _MOST_TICKS else [power for power in powers if low <= power <= high]


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
            axis = _Axis(sorted(sizes.values()), log=True, joined=True)
            yield from _drawn(f"{name}: test accuracy in % by sentences of train", points, layout, axis)


def _size(dataset: DatasetSummary) -> float:
    drawn = dataset.drawn.get(SIZE, "")
    if drawn.isdigit():
        return float(drawn)
    return float(dataset.sentences.train) if dataset.sentences else 0.0


def _confused(listing: Listing, results: Results, layout: Layout) -> Iterator[str]:
    """The most frequent confusions of each model, in tokens, a mean over its seeds."""
    for row in pooled(results, folds_alone=True).rows:
        answers = row_answers(listing, row) if row.finished_trials else None
        if answers is not None:
            tags = answers.tags
            wrong = [pair for pair in frequent_pairs(answers.gold, answers.trials, len(tags)) if pair[0] != pair[1]]
            seeds = len(answers.trials)
            counts = {f"{tags[i]} as {tags[j]}": tokens / seeds for i, j, tokens in wrong[:_CONFUSIONS]}
            over = f", means of {seeds} seeds" if seeds > 1 else ""
            title = f"{row.dataset.name}: tags that {results.name(row)} takes for others, in tokens{over}"
            yield from _bars(title, counts, layout)


def _bars(title: str, counts: Mapping[str, float], layout: Layout) -> Iterator[str]:
    import plotext

    if counts:
        plotext.clear_figure()
        plotext.simple_bar([safe_text.line(name) for name in counts], list(counts.values()), width=_width(layout) - 6)
        yield _WHOLE.sub("", _text(title, plotext.build(), layout))


@dataclass(frozen=True)
class _Axis:
    """The lower axis: the numbers that stand at it, whether it is logarithmic, and whether lines join the points."""

    ticks: Sequence[float]
    log: bool = False
    joined: bool = False

    def places(self, values: Iterable[float]) -> list[float]:
        """Where values are drawn."""
        return [log10(value) if self.log else float(value) for value in values]


def _drawn(title: str, points: Points, layout: Layout, axis: _Axis) -> Iterator[str]:
    """The plot of all that has points, and below it what its letters stand for: inside they would hide points."""
    import plotext

    chosen = {safe_text.line(name): (x, y) for name, (x, y) in points.items() if x}
    letters = dict(zip(chosen, _markers(len(chosen)), strict=True))
    if chosen:
        plotext.clear_figure()
        plotext.theme("pro" if layout.colour else "clear")
        plotext.plot_size(_width(layout), _LINES)
        for name, (x, y) in chosen.items():
            draw = plotext.plot if axis.joined and len(x) > 1 else plotext.scatter
            draw(axis.places(x), y, marker=letters[name])
        plotext.xticks(axis.places(axis.ticks), [f"{tick:g}" for tick in axis.ticks])
        named = "   ".join(f"{letter} {name}" for name, letter in letters.items())
        yield "\n".join([_text(title, plotext.build(), layout), *wrapped(named, _width(layout))])


def _markers(count: int) -> list[str]:
    """A letter for each model, which tells them apart without colours."""
    return [chr(ord("a") + number % 26) for number in range(count)]


def _width(layout: Layout) -> int:
    return min(layout.width or _WIDEST, _WIDEST)


def _text(title: str, drawn: str, layout: Layout) -> str:
    import plotext

    shown = drawn if layout.colour else plotext.uncolorize(drawn)
    body = "\n".join(line.rstrip() for line in shown.splitlines())
    return "\n".join([*wrapped(safe_text.line(title), _width(layout)), "", body])


PLOTS: Mapping[str, Callable[[Listing, Results, Layout], Iterator[str]]] = MappingProxyType(
    {"curve": _curves, "pareto": _against_cost, "confusion": _confused, "sizes": _by_size}
)
