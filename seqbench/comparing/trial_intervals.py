"""The 95 % intervals of the scores of one trial, over the units of its test set."""

from __future__ import annotations

from seqbench.comparing.statistics.bootstrap import Resampled, summaries
from seqbench.comparing.statistics.t_test_over_seeds import Learner, score
from seqbench.comparing.unit_counts import DRAWS
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
    return {
        name: _interval(counts, resampled) for (name, counts), resampled in zip(measured.items(), drawn, strict=True)
    }


def _interval(counts: Counts, resampled: Resampled) -> tuple[float, float]:
    """The limits that `seqbench compare` gives a model of one seed."""
    learner = Learner(scores=counts.scores[0], on_resampled=resampled.models[:, 0])
    return score(learner, counts.units).share_interval(counts.units)
