"""Results of runs counted in spans: for each dataset whose tags are spans, and each model, over all its seeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from seqbench.contracts.metric import SpanSettings
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.predictions import ModelPredictions, Predictions, read_predictions
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Score
from seqbench.scoring.sentence_counts import Integers
from seqbench.spans import (
    KINDS,
    Reading,
    SpanConfusion,
    SpanPair,
    SpanTags,
    confusion,
    illegal,
    macro,
    micro,
    misfits,
    missing_types,
    reading_of,
    scheme,
    scores,
)

PARTS = ("precision", "recall", "f1")


@dataclass(frozen=True)
class SpanReading:
    """Way to read spans where it is not that of the run: scheme, policy for illegal sequences, types left out.

    Counting raises `UsageError` if the scheme has none of the tags but perhaps `O`.
    """

    scheme: str | None = None
    policy: str | None = None
    without: tuple[str, ...] = ()

    def over(self, settings: SpanSettings) -> SpanSettings:
        """Settings of a run, changed as wished."""
        changed = {name: value for name, value in vars(self).items() if value}
        return replace(settings, **changed)


@dataclass(frozen=True, kw_only=True)
class TypeScores:
    """Precision, recall and F1 (fractions of 1) of the spans of one type, and what they became, by `KINDS`."""

    type: str
    precision: float
    recall: float
    f1: float
    gold: int
    became: dict[str, float]


@dataclass(frozen=True, eq=False)
class SpanRow:
    """Spans of a model on a dataset by finished seed, and how many moves of its tags the scheme forbids."""

    dataset: DatasetSummary
    model: ListedModel
    reading: Reading
    pairs: Sequence[SpanPair]
    illegal: Sequence[int]
    notes: Sequence[str] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The types of spans."""
        return self.pairs[0].names

    @cached_property
    def counts(self) -> Integers:
        """Right, predicted and gold spans: (seeds, types, 3)."""
        return np.stack([pair.by_type() for pair in self.pairs])

    @cached_property
    def confusion(self) -> SpanConfusion:
        """Outcomes of spans, summed over seeds."""
        of_seeds = [confusion(pair) for pair in self.pairs]
        kinds, types = (np.sum(counts, 0) for counts in zip(*((c.kinds, c.types) for c in of_seeds), strict=True))
        return SpanConfusion(names=self.names, kinds=kinds, types=types)

    def score(self, name: str) -> Score:
        """Precision, recall or F1 of all types together, or with `macro_` before it the mean of the types."""
        average = macro if name.startswith("macro_") else micro
        part = PARTS.index(name.removeprefix("macro_"))
        missing = [None] * (len(self.model.trials) - len(self.pairs))
        return Score.of([*(float(average(counts)[part]) for counts in self.counts), *missing])

    def partial(self, name: str) -> Score:
        """F1 that is not exact, by the definitions of SemEval-2013 task 9 (Segura-Bedmar et al. 2013).

        `type_f1`: the type is right and a token is shared; `partial_f1`: the boundaries are right, or half a point
        where a token is shared, whatever the type.
        """
        missing = [None] * (len(self.model.trials) - len(self.pairs))
        return Score.of([*(_inexact(pair, name) for pair in self.pairs), *missing])

    def by_type(self) -> list[TypeScores]:
        """The types that occur, each with its scores and counts as means over the seeds."""
        means, kinds = scores(self.counts).mean(0), self.confusion.kinds / len(self.pairs)
        gold = self.counts[0, :, 2]
        return [
            TypeScores(
                type=name,
                **dict(zip(PARTS, means[i].tolist(), strict=True)),
                gold=int(gold[i]),
                became=dict(zip(KINDS, kinds[i].tolist(), strict=True)),
            )
            for i, name in enumerate(self.names)
            if self.counts[:, i].any()
        ]


def _inexact(pair: SpanPair, name: str) -> float:
    became = dict(zip(KINDS, confusion(pair).kinds.sum(0).tolist(), strict=True))
    right = became["right"] + (became["boundary"] if name == "type_f1" else became["type"])
    half = 0 if name == "type_f1" else became["boundary"] + became["both"]
    spans = len(pair.gold) + len(pair.predicted)
    return float(2 * (right + half / 2) / spans) if spans else 0.0


def span_rows(listing: Listing, how: SpanReading) -> list[SpanRow]:
    """The rows of all datasets whose tags are spans, those without a finished trial left out."""
    return [row for dataset in listing.datasets for row in _of_dataset(listing, dataset, how)]


def _of_dataset(listing: Listing, dataset: DatasetSummary, how: SpanReading) -> Iterator[SpanRow]:
    predictions = read_predictions(listing, dataset)
    if predictions is None:
        return
    test = predictions.reference
    if how.scheme is not None:
        SpanTags.of(test.tags, scheme(how.scheme))  # says which tag it has not
    reading = reading_of(replace(test, spans=how.over(test.spans)))
    if reading is None:
        return
    listed = {model.key: model for model in listing.models_of(dataset.fingerprint)}
    for model in predictions.models:
        yield _span_row(listed[model.key], predictions, model, reading)


def _span_row(listed: ListedModel, predictions: Predictions, model: ModelPredictions, reading: Reading) -> SpanRow:
    outcomes = predictions.outcomes(model)
    pairs = [reading.pair(outcome.gold, outcome.predicted, outcome.offsets) for outcome in outcomes]
    moves = [illegal(reading.tags, outcome.predicted, outcome.offsets, reading.scheme) for outcome in outcomes]
    notes = [note for o in outcomes for note in misfits(reading, o.predicted, o.offsets, "predicted")]
    of_gold = misfits(reading, predictions.reference.gold, predictions.reference.offsets, "gold")
    return SpanRow(
        predictions.dataset,
        listed,
        reading,
        pairs,
        moves,
        list(dict.fromkeys([*missing_types(reading), *of_gold, *notes])),
    )
