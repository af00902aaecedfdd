"""Evaluation of a network on dev after an epoch: the score that chooses, and accuracy beside it."""

from __future__ import annotations

from dataclasses import dataclass

from seqbench.contracts.dev_metric import Accuracy, DevMetric
from seqbench.data.corpus import Corpus, Ids, Sequences


@dataclass(frozen=True)
class Evaluation:
    """Scores of an epoch on dev: the highest `score` chooses the epoch, `accuracy` is told beside it."""

    score: float
    accuracy: float | None = None


def evaluation(predicted: Ids, dev: Corpus, metric: DevMetric) -> Evaluation:
    """The scores of predicted tag ids (tokens,) of dev, by the metric of the conditions and by accuracy."""
    tags = Sequences(predicted, dev.tags.offsets, dev.tags.vocabulary)
    accuracy = Accuracy()(tags, dev.tags)
    return Evaluation(accuracy if metric.name == Accuracy.name else metric(tags, dev.tags), accuracy)
