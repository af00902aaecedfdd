"""The costs of a trial, each defined once: name, title, meaning, unit, and what several seeds cost together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

Unit = Literal["seconds", "milliseconds", "a second", "numbers", "bytes"]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Cost of a trial. `pooled` makes one number of those of several seeds.

    `in_table`: whether the main table has a column of it; machine formats have all. `of_use`: known of models that are
    kept, and shown where any cost of use is.
    """

    name: str
    title: str
    meaning: str
    unit: Unit
    pooled: Callable[[Sequence[float]], float] = fmean
    in_table: bool = True
    of_use: bool = False


COSTS = (
    Cost(
        name="fit_seconds",
        title="fit s",
        meaning="CPU seconds of training (all threads), choosing epochs on dev included",
        unit="seconds",
    ),
    Cost(
        name="fit_wall_seconds",
        title="wall s",
        meaning="wall seconds of training, beside the CPU seconds of all threads",
        unit="seconds",
    ),
    Cost(
        name="predict_seconds",
        title="tag s",
        meaning="CPU seconds of tagging test",
        unit="seconds",
        in_table=False,
    ),
    Cost(
        name="predict_wall_seconds",
        title="tag wall s",
        meaning="wall seconds of tagging test",
        unit="seconds",
        in_table=False,
    ),
    Cost(
        name="train_tokens_per_second",
        title="learn/s",
        meaning="tokens per CPU second in training (each epoch counts)",
        unit="a second",
    ),
    Cost(
        name="predict_tokens_per_second",
        title="tag/s",
        meaning="tokens per CPU second in tagging",
        unit="a second",
    ),
    Cost(name="parameters", title="weights", meaning="learned numbers", unit="numbers", pooled=max),
    Cost(
        name="peak_memory_bytes",
        title="memory",
        meaning="most bytes above what the process held before",
        unit="bytes",
        pooled=max,
    ),
    Cost(
        name="perplexity",
        title="perplexity",
        meaning="of next words: e to the mean -ln of the gold tag's probability; lower is better",
        unit="numbers",
    ),
    Cost(
        name="p50_ms",
        title="p50 ms",
        meaning="median milliseconds for a sentence by itself, of models that are kept",
        unit="milliseconds",
        of_use=True,
    ),
    Cost(
        name="p95_ms",
        title="p95 ms",
        meaning="95th percentile of milliseconds for a sentence by itself, of models that are kept",
        unit="milliseconds",
        of_use=True,
    ),
    Cost(
        name="cold_start_seconds",
        title="cold s",
        meaning="wall seconds of a new process that loads a kept model and tags a word, - without --cold-start",
        unit="seconds",
        of_use=True,
    ),
    Cost(
        name="bytes_on_disk",
        title="on disk",
        meaning="bytes that a kept model has learned, its words included",
        unit="bytes",
        pooled=max,
        of_use=True,
    ),
)
"""In the order of the tables' columns."""
OF_USE = frozenset(cost.name for cost in COSTS if cost.of_use)
