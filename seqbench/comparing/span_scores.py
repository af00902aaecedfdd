"""What runs found, counted in spans: for each dataset whose tags are spans, and each model, over all its seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from seqbench.contracts.metric import Outcome
from seqbench.results.predictions import outcomes
from seqbench.results.rows import Results, Row, Score
from seqbench.results.store import Store
from seqbench.spans import (
    KINDS,
    Reading,
    Scheme,
    SpanConfusion,
    SpanPair,
    confusion,
    detect,
    illegal,
    macro,
    micro,
    scores,
)

PARTS = ("precision", "recall", "f1")


@dataclass(frozen=True)
class Asked:
    """How spans are to be read: by a scheme, or by the one that is detected; and what becomes of illegal sequences."""

    scheme: Scheme | None = None
    policy: str = "conlleval"


@dataclass(frozen=True, eq=False)
class SpanRow:
    """One dataset and model: the spans of each finished seed, and how many moves of its tags the scheme forbids."""

    row: Row
    reading: Reading
    pairs: Sequence[SpanPair]
    illegal: Sequence[int]

    @property
    def names(self) -> tuple[str, ...]:
        """The types."""
        return self.pairs[0].names

    @cached_property
    def counts(self) -> Any:
        """Right, predicted and gold spans: (seeds, types, 3)."""
        return np.stack([pair.by_type() for pair in self.pairs])

    @cached_property
    def confusion(self) -> SpanConfusion:
        """What became of each span, summed over seeds."""
        each = [confusion(pair) for pair in self.pairs]
        return SpanConfusion(self.names, np.sum([c.kinds for c in each], 0), np.sum([c.types for c in each], 0))

    def score(self, name: str) -> Score:
        """Precision, recall or F1 of all types together, or with `macro_` before it the mean of the types."""
        average = macro if name.startswith("macro_") else micro
        part = PARTS.index(name.removeprefix("macro_"))
        missing = [None] * len(self.row.failures)
        return Score.of([*(float(average(counts)[part]) for counts in self.counts), *missing])

    def by_type(self) -> list[dict[str, Any]]:
        """Each type that occurs: its scores and counts, means over the seeds."""
        means, kinds = scores(self.counts).mean(0), self.confusion.kinds / len(self.pairs)
        gold = self.counts[0, :, 2]
        return [
            {"type": name, **dict(zip(PARTS, means[i].tolist(), strict=True)), "gold": int(gold[i])}
            | {"became": dict(zip(KINDS, kinds[i].tolist(), strict=True))}
            for i, name in enumerate(self.names)
            if self.counts[:, i].any()
        ]


def span_rows(stores: Sequence[Store], results: Results, asked: Asked) -> list[SpanRow]:
    """The rows of all datasets whose tags are spans, those without a finished trial left out."""
    found = []
    for row in results.rows:
        answers = outcomes(stores, row)
        scheme = asked.scheme or (detect(answers[0].tags, answers[0].gold, answers[0].offsets) if answers else None)
        if answers and scheme:
            found.append(_span_row(row, Reading(answers[0].tags, scheme, asked.policy), answers))
    return found


def _span_row(row: Row, reading: Reading, answers: Sequence[Outcome]) -> SpanRow:
    pairs = [reading.pair(a.gold, a.predicted, a.offsets) for a in answers]
    wrong = [illegal(reading.tags, a.predicted, a.offsets, reading.scheme) for a in answers]
    return SpanRow(row, reading, pairs, wrong)
