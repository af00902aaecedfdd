"""Metrics that are functions of counts per sentence, so that they can be recounted from sentences drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Countable, Flags, Outcome
from seqbench.scoring.reference import AnyIds, Reference
from seqbench.scoring.sentence_counts import Floats, Integers, accuracy, f1, macro_f1
from seqbench.scoring.token_subsets import in_new_sentences

_NUMBERS_AT_MOST = 1 << 25  # of a table sentences x tags: more would take more memory than an interval is worth
UNITS_OF_A_TAG = 10  # of a tag in fewer sentences or documents, resamples say little and often have none
_TAGS_SHOWN = 3


@dataclass(frozen=True)
class TokenAccuracy:
    """Right tokens among words of one kind, or in sentences that train does not have.

    None where there is none, or where there was no train to tell kinds by.
    """

    words: Literal["all", "known", "unknown", "ambiguous", "in new sentences"] = "all"

    def __call__(self, outcome: Outcome) -> float | None:
        """See `Countable`."""
        return _scored(self, outcome)

    def counts(self, outcome: Outcome) -> Integers | None:
        """Right ones and all: (sentences, 2)."""
        counts = self.counts_of_seeds(outcome, outcome.predicted[None])
        return None if counts is None else counts[0]

    def counts_of_seeds(self, reference: Reference | Outcome, predicted: AnyIds) -> Integers | None:
        """See `CountsSeedsAtOnce`."""
        chosen = self._chosen(reference)
        if not chosen.any() or (self.words != "all" and not reference.learned):
            return None
        right = _by_sentence(_right(reference, predicted) & chosen, reference)
        return np.stack([right, np.broadcast_to(_by_sentence(chosen, reference), right.shape)], -1)

    score = staticmethod(accuracy)

    def _chosen(self, reference: Reference | Outcome) -> Flags:
        known, ambiguous, new = reference.known, reference.ambiguous, in_new_sentences(reference)
        every = np.ones_like(known)
        kinds = {"all": every, "known": known, "unknown": ~known, "ambiguous": ambiguous}
        kinds["in new sentences"] = every if new is None else new
        return kinds[self.words]


@dataclass(frozen=True)
class SentenceAccuracy:
    """Sentences without a wrong tag."""

    def __call__(self, outcome: Outcome) -> float | None:
        """See `Countable`."""
        return _scored(self, outcome)

    def counts(self, outcome: Outcome) -> Integers | None:
        """Right or not, and 1: (sentences, 2)."""
        counts = self.counts_of_seeds(outcome, outcome.predicted[None])
        return None if counts is None else counts[0]

    def counts_of_seeds(self, reference: Reference | Outcome, predicted: AnyIds) -> Integers | None:
        """See `CountsSeedsAtOnce`."""
        if len(reference.offsets) <= 1:  # offsets of no sentence
            return None
        right = _by_sentence(~_right(reference, predicted), reference) == 0
        return np.stack([right, np.ones_like(right)], -1).astype(np.int64)

    score = staticmethod(accuracy)


@dataclass(frozen=True)
class TagF1:
    """F1 of each tag, or their mean over the tags in gold or prediction."""

    macro: bool = True

    def __call__(self, outcome: Outcome) -> float | None:
        """See `Countable`."""
        return _scored(self, outcome)

    def counts(self, outcome: Outcome) -> Integers | None:
        """Right, predicted and gold of each tag: (sentences, 3 * tags)."""
        sentences, tags = len(outcome.offsets) - 1, len(outcome.tags)
        if not 0 < sentences * tags <= _NUMBERS_AT_MOST:
            return None
        sentence = np.repeat(np.arange(sentences), np.diff(outcome.offsets)) * tags
        right = outcome.gold[outcome.gold == outcome.predicted]
        parts = [
            np.bincount(cells, minlength=sentences * tags)
            for cells in (
                sentence[outcome.gold == outcome.predicted] + right,
                sentence + outcome.predicted,
                sentence + outcome.gold,
            )
        ]
        return np.stack(parts, 1).reshape(sentences, 3 * tags)

    def score(self, sums: Floats) -> Floats:
        """(..., 3 * tags) -> (...), or (..., tags) if not macro."""
        return macro_f1(sums) if self.macro else f1(sums.reshape(*sums.shape[:-1], -1, 3))

    def unsteady(self, models: Sequence[Integers], tags: Sequence[str]) -> str | None:
        """See `CanBeUnsteady`: the mean over tags hangs on tags that only a few units have."""
        if not self.macro:
            return None
        rare = np.zeros(len(tags), bool)
        for counts in models:
            occurs = counts.reshape(*counts.shape[:2], -1, 3)[..., 1:].any(-1).sum(1)  # (seeds, tags)
            rare |= ((occurs > 0) & (occurs < min(UNITS_OF_A_TAG, counts.shape[1]))).any(0)
        names = [tag for tag, is_rare in zip(tags, rare.tolist(), strict=True) if is_rare]
        if not names:
            return None
        more = len(names) - _TAGS_SHOWN
        shown = ", ".join(names[:_TAGS_SHOWN]) + (f" and {more} more" if more > 0 else "")
        return f"the mean hangs on tags that occur in fewer than {UNITS_OF_A_TAG} of the resampled units ({shown})"


def _scored(metric: Countable, outcome: Outcome) -> float | None:
    counts = metric.counts(outcome)
    return None if counts is None else float(metric.score(counts.sum(0).astype(np.float64)))


def _right(reference: Reference | Outcome, predicted: AnyIds) -> Flags:
    """Right tokens: (seeds, tokens)."""
    gold = reference.gold
    if np.can_cast(np.min_scalar_type(max(len(reference.tags), 1) - 1), predicted.dtype):
        gold = gold.astype(predicted.dtype, copy=False)  # numbers of one small type are compared much quicker
    right: Flags = predicted == gold
    return right


def _by_sentence(flags: Flags, reference: Reference | Outcome) -> NDArray[np.int64]:
    """(..., tokens) -> (..., sentences): how many are true."""
    starts, filled = reference.offsets[:-1], np.diff(reference.offsets) > 0
    counts = np.zeros((*flags.shape[:-1], len(starts)), np.int64)
    if filled.any():
        counts[..., filled] = np.add.reduceat(flags.view(np.uint8), starts[filled], axis=-1, dtype=np.int64)
    return counts
