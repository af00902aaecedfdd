"""Quantities that a gate can test beside scores: the F1 of one tag, calibration by stored probabilities, and speed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from seqbench.comparing.unit_counts import Measured, Units
from seqbench.contracts.metric import Outcome
from seqbench.data.next_word import task_of
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.predictions import Predictions, TagSpace
from seqbench.results.record_files import Arrays
from seqbench.scoring.log_loss import LEAST, PERPLEXITY
from seqbench.scoring.sentence_counts import Counts, Floats, Integers, f1

OF_A_TAG = "f1:"
LOG_LOSS, CALIBRATION_ERROR, MILLISECONDS = "log-loss", "calibration-error", "milliseconds"
QUANTITIES = MappingProxyType(
    {
        LOG_LOSS: (1.0, "nats of log-loss"),
        CALIBRATION_ERROR: (100.0, "points of calibration error"),
        MILLISECONDS: (1.0, "ms a sentence"),
        PERPLEXITY: (1.0, "of perplexity"),
    }
)
"""Of quantities that are better the less they are: what a difference is multiplied by to be printed, and its unit."""
_FINE = 1_000_000  # a probability is counted in millionths
_BINS = 15


Counted: TypeAlias = Callable[[Arrays, Floats], Integers]
"""From stored arrays and which tokens are right (tokens,) to counts (tokens, quantities)."""


@dataclass(frozen=True)
class OneTagF1:
    """F1 of one tag; None for data without it."""

    tag: str

    def __call__(self, outcome: Outcome) -> float | None:
        """See `Countable`."""
        counts = self.counts(outcome)
        return None if counts is None else float(self.score(counts.sum(0).astype(np.float64)))

    def counts(self, outcome: Outcome) -> Integers | None:
        """Right, predicted and gold tokens: (sentences, 3)."""
        if self.tag not in outcome.tags:
            return None
        number = outcome.tags.index(self.tag)
        gold, predicted = outcome.gold == number, outcome.predicted == number
        return _by_sentence(np.stack([gold & predicted, predicted, gold], -1).astype(np.int64), outcome.offsets)

    score = staticmethod(f1)


def unmeasured(metric: str) -> str:
    """Reason why the metric of a gate cannot be counted for the old or the new model, and the way out."""
    if metric.startswith(OF_A_TAG):
        return f"no tag of the data is {metric.removeprefix(OF_A_TAG)!r} (seqbench show RUN --per-tag lists them)"
    if metric == PERPLEXITY:
        return "perplexity is that of next words (run --task next-word), by probabilities that are stored"
    if metric in QUANTITIES:
        return f"{metric} takes stored probabilities, which the old or the new model does not have"
    return f"{metric} does not apply to the old or the new model"


def by_probabilities(name: str, listing: Listing, predictions: Predictions, units: Units) -> Measured | None:
    """The counts of all models by a quantity that probabilities tell; None where they are not stored.

    Perplexity is that of next words: None for other tags.
    """
    space = TagSpace.of(listing.stores, predictions.dataset.fingerprint)
    if name == PERPLEXITY and not task_of(space.record.source):
        return None
    counted, score = _COUNTED[name]
    models: list[Integers] = []
    listed = {model.key: model for model in listing.models_of(predictions.dataset.fingerprint)}
    for model in (listed[key] for key in predictions.keys):
        seeds = [_counts(space, model, number, counted) for number in range(len(model.finished_trials))]
        stored = [counts for counts in seeds if counts is not None]
        if len(stored) < len(seeds):
            return None
        models.append(np.stack([units.summed(_by_sentence(c, predictions.reference.offsets)) for c in stored]))
    return Measured(predictions, units, name, Counts(tuple(models), score))


def _counts(space: TagSpace, model: ListedModel, number: int, counted: Counted) -> Integers | None:
    """Counts of each token of a trial: (tokens, quantities); None where its probabilities are not stored."""
    arrays = space.arrays(model.store, model.finished_trials[number], ("predicted", "certainty"))
    if "certainty" not in arrays:
        return None
    return counted(arrays, (arrays["predicted"] == space.reference().gold).astype(np.float64))


def _losses(arrays: Arrays, right: Floats) -> Integers:
    """-ln of the probability of the gold tag, in millionths, and 1: (tokens, 2)."""
    losses = -np.log(np.maximum(arrays["certainty"][1].astype(np.float64), LEAST))
    return np.stack([np.rint(_FINE * losses).astype(np.int64), np.ones(len(right), np.int64)], -1)


def _binned(arrays: Arrays, right: Floats) -> Integers:
    """Confidence and right, in millionths, and 1, in the columns of the token's bin: (tokens, 3 * bins)."""
    sure = arrays["certainty"][0].astype(np.float64)
    bins = np.clip(np.ceil(sure * _BINS).astype(np.int64) - 1, 0, _BINS - 1)
    counts = np.zeros((len(sure), _BINS, 3), np.int64)
    counts[np.arange(len(sure)), bins] = np.stack(
        [np.rint(_FINE * sure), np.rint(_FINE * right), np.ones(len(sure))], -1
    )
    return counts.reshape(len(sure), -1)


def _less_loss(sums: Floats) -> Floats:
    """The log-loss below zero, so that more is better: (..., 2) -> (...)."""
    less: Floats = -sums[..., 0] / _FINE / np.maximum(sums[..., 1], 1)
    return less


def _less_perplexity(sums: Floats) -> Floats:
    """The perplexity below zero, so that more is better: (..., 2) -> (...)."""
    less: Floats = -np.exp(-_less_loss(sums))
    return less


def _less_error(sums: Floats) -> Floats:
    """The expected calibration error below zero: (..., 3 * bins) -> (...)."""
    bins = sums.reshape(*sums.shape[:-1], -1, 3)
    gaps = np.abs(bins[..., 0] - bins[..., 1]).sum(-1) / _FINE
    less: Floats = -gaps / np.maximum(bins[..., 2].sum(-1), 1)
    return less


_COUNTED = MappingProxyType(
    {
        LOG_LOSS: (_losses, _less_loss),
        PERPLEXITY: (_losses, _less_perplexity),
        CALIBRATION_ERROR: (_binned, _less_error),
    }
)


def _by_sentence(counts: Integers, offsets: Integers) -> Integers:
    """(tokens, quantities) -> (sentences, quantities)."""
    summed = np.concatenate([np.zeros((1, counts.shape[1]), np.int64), np.cumsum(counts, axis=0)])
    of_sentences: Integers = summed[offsets[1:]] - summed[offsets[:-1]]
    return of_sentences
