"""The 95 % intervals of the scores of one trial, over the units of its test set."""

from __future__ import annotations

from seqbench.comparing.measured import DRAWS
from seqbench.comparing.statistics.bootstrap import interval, summaries
from seqbench.data.corpus import Ids
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.reference import Reference
from seqbench.scoring.sentence_counts import Counts


def trial_intervals(reference: Reference, predicted: Ids) -> dict[str, tuple[float, float]]:
    """By core score that applies: its limits, over sentences drawn as `seqbench compare` draws them."""
    outcome = reference.outcome(predicted)
    counted = {score.name: (score.counted.counts(outcome), score.counted.score) for score in CORE_SCORES}
    measured = {name: Counts((counts[None],), of) for name, (counts, of) in counted.items() if counts is not None}
    drawn = summaries(list(measured.values()), DRAWS)
    return {name: interval(resampled.models[:, 0]) for name, resampled in zip(measured, drawn, strict=True)}
