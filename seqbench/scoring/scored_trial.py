"""A trial with the scores of its predictions."""

from __future__ import annotations

import math
from dataclasses import replace
from numbers import Integral, Real
from typing import Any

from seqbench.contracts.metric import Outcome
from seqbench.contracts.trial import TrialResult
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.scoring.metrics import scores
from seqbench.scoring.reference import Reference


def scored(result: TrialResult, reference: Reference, registry: Registry) -> TrialResult:
    """The result with the scores of its predictions and with all registered metrics; a failure stays as it is."""
    if result.predicted is None:
        return result
    outcome = reference.outcome(result.predicted)
    further = {name: _metric(registry, entry, outcome) for name, entry in sorted(registry.metrics.items())}
    return replace(result, scores=scores(outcome), metrics=further)


def _number(value: Any) -> float | None:
    """The value as Python's own number; None for what is none, or is not finite."""
    if not isinstance(value, Real) or not math.isfinite(value):
        return None
    return int(value) if isinstance(value, Integral) else float(value)


def _metric(registry: Registry, entry: Entry, outcome: Outcome) -> float | None:
    """What a registered metric says; one that raises says nothing, and costs no trial."""
    try:
        return _number(entry.load()(outcome))
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise anything
        registry.lose(entry.plugin, error)
        return None
