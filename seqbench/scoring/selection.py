"""Selection: which metric of dev chooses epochs and hyperparameters of a dataset, by name and as a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.dev_metric import Accuracy, DevMetric, ids_of
from seqbench.contracts.metric import Countable, Outcome
from seqbench.contracts.plain_number import plain_number
from seqbench.contracts.trial import Selection
from seqbench.contracts.trial_key import key_of
from seqbench.data.corpus import Ids, Sequences
from seqbench.data.dataset import Dataset
from seqbench.errors import PluginError, UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.registry.tagger_code import code_of
from seqbench.scoring.core_scores import BY_NAME
from seqbench.scoring.reference import Reference
from seqbench.spans import Reading, scheme, scheme_of, scores

SPAN_F1 = "span-f1"
ACCURACY = "accuracy"
Metric: TypeAlias = Callable[[Outcome], float | None]


def selection_of(
    metric: str | None, dataset: Dataset, registry: Registry, scheme_name: str | None = None
) -> Selection | None:
    """The selection of a dataset, None if it has no dev; by default span F1 where tags are spans, else accuracy.

    `scheme_name` is that of the tags as spans, None for the detected one.

    Raises `UsageError` if there is no such metric, or if it gives no number on dev.
    """
    _check_name(metric, registry)
    if dataset.dev is None or not dataset.dev.tokens:
        return None
    known = scheme(scheme_name) if scheme_name else scheme_of(dataset.train.tags)
    spans = Selection(SPAN_F1, known.name) if known else None
    if metric is None:
        return spans if spans and _highest(spans, dataset, registry) > 0 else Selection(ACCURACY)
    if metric == SPAN_F1 and spans is None:
        raise UsageError(f"--select {SPAN_F1} needs tags that are spans, and those of {dataset.name!r} are not")
    selection = spans if spans and metric == SPAN_F1 else Selection(metric, code=_code(metric, registry))
    if not np.isfinite(_highest(selection, dataset, registry)):
        raise UsageError(f"--select {metric} gives no number on dev of {dataset.name!r}; choose another metric")
    return selection


def dev_metric(selection: Selection | None, dataset: Dataset, registry: Registry) -> DevMetric:
    """The function that a selection stands for; accuracy without one."""
    if selection is None or selection.metric == ACCURACY or dataset.dev is None:
        return Accuracy()
    reference = Reference.of(replace(dataset, test=dataset.dev))
    return OutcomeMetric(selection.metric, _metric(selection, registry), reference)


def countable(selection: Selection, registry: Registry) -> Countable | None:
    """The metric of a selection if it can be recounted from sentences."""
    metric = _metric(selection, registry)
    return metric if isinstance(metric, Countable) else None


def told(selection: Selection, dataset: Dataset) -> str:
    """A sentence for users about a selection that is not by accuracy."""
    name, by = dataset.origin or dataset.name, f"chosen by {selection} of dev"
    return f"note: {name}: epochs and hyperparameters are {by}; --select {ACCURACY} chooses by accuracy"


@dataclass(frozen=True, eq=False)
class OutcomeMetric:
    """A metric of outcomes as a metric of dev."""

    name: str
    metric: Metric
    reference: Reference

    def __call__(self, predicted: Sequence[Sequence[str]], gold: Sequences) -> float:
        """See `DevMetric`; predictions are of dev."""
        ids = ids_of(predicted, gold)
        tags = tuple(gold.vocabulary)
        further = ("",) if len(ids) and ids.max() == len(tags) else ()
        outcome = replace(self.reference.outcome(ids), tags=(*tags, *further), gold=gold.ids, offsets=gold.offsets)
        score = plain_number(self.metric(outcome))
        return -np.inf if score is None else score


@dataclass(frozen=True)
class SpanF1:
    """F1 of spans, read by the scheme of train; a tag that is none of this scheme counts as outside."""

    scheme: str

    def __call__(self, outcome: Outcome) -> float:
        """See `Countable`."""
        return float(self.score(self.counts(outcome).sum(0).astype(np.float64)))

    def counts(self, outcome: Outcome) -> NDArray[np.int64]:
        """Right, predicted and gold spans of each sentence: (sentences, 3)."""
        reading = Reading(outcome.tags, scheme(self.scheme))
        return reading.pair(outcome.gold, outcome.predicted, outcome.offsets).by_sentence()

    def score(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """F1 from right, predicted and gold: (..., 3) -> (...)."""
        return scores(sums)[..., 2]


def _check_name(metric: str | None, registry: Registry) -> None:
    names = [*BY_NAME, SPAN_F1, *registry.metrics]
    if metric is not None and metric not in names:
        raise unknown("metric", metric, dict.fromkeys(names))


def _code(name: str, registry: Registry) -> str:
    """A hash of the code of a registered metric, empty for the core's own."""
    return "" if name in BY_NAME else key_of(code_of(registry.metrics[name]))


def _metric(selection: Selection, registry: Registry) -> Metric:
    if selection.scheme is not None:
        return SpanF1(selection.scheme)
    if selection.metric in BY_NAME:
        return BY_NAME[selection.metric].counted
    entry = registry.metrics.get(selection.metric)
    if entry is None:
        raise PluginError(f"metric {selection.metric!r}, which is to choose epochs, is not registered here")
    metric: Metric = entry.load()
    return metric


def _highest(selection: Selection, dataset: Dataset, registry: Registry) -> float:
    """The score of the gold tags of dev themselves."""
    if dataset.dev is None:
        return -np.inf
    return dev_metric(selection, dataset, registry)(dataset.dev.tags, dataset.dev.tags)


def dev_score(metric: DevMetric, ids: Ids, gold: Sequences) -> float:
    """The score of predicted ids (tokens,) of train's tags."""
    return metric(Sequences(ids, gold.offsets, gold.vocabulary), gold)
