"""A trial with the scores of its predictions."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from seqbench.contracts.metric import Outcome
from seqbench.contracts.trial import TrialResult
from seqbench.registry.discovery import Registry
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.reference import Reference
from seqbench.scoring.registered_metrics import registered_scores
from seqbench.scoring.tag_scores import tag_scores
from seqbench.spans import misfits, reading_of


def scored(result: TrialResult, reference: Reference, registry: Registry) -> TrialResult:
    """The result with the scores of its predictions and with all registered metrics; a failure stays as it is."""
    if result.predicted is None:
        return result
    outcome = reference.outcome(result.predicted)
    notes = (*result.notes, *_misfits(outcome), *_of_one_tag(outcome))
    return replace(result, scores=core_scores(outcome), metrics=registered_scores(registry, outcome), notes=notes)


def _misfits(outcome: Outcome) -> list[str]:
    """Notes on predicted tags that the span scheme of gold does not have."""
    reading = reading_of(outcome)
    return [] if reading is None else list(misfits(reading, outcome.predicted, outcome.offsets, "predicted"))


def _of_one_tag(outcome: Outcome) -> list[str]:
    """A note where all tokens get one tag, though gold has several."""
    if len(np.unique(outcome.gold)) == 1 or len(np.unique(outcome.predicted)) != 1:
        return []
    return [f"all test tokens get one tag, {outcome.tags[outcome.predicted[0]]!r} (in one trial or more)"]


def core_scores(outcome: Outcome) -> dict[str, object]:
    """The core's scores as plain numbers, fractions of 1; None where there is no such token. With them the counts."""
    return {
        **{score.name: score.of(outcome) for score in CORE_SCORES},
        "tokens": len(outcome.gold),
        "correct": int(np.count_nonzero(outcome.gold == outcome.predicted)),
        "per_tag": [asdict(scores) for scores in tag_scores(outcome)],
    }
