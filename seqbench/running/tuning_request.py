"""A request made into a search for hyperparameters, which holds dev in the place of test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seqbench.data.cross_validation import on_dev
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.results.request_records import Effort
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.request import RunRequest, plan_of, specs_of

if TYPE_CHECKING:
    from seqbench.running.tuning import Tuning


@dataclass(frozen=True, kw_only=True)
class Search:
    """How much is searched, and the share of dev that judges no trial."""

    effort: Effort
    held_out: float | None = None


def tuning_of(
    request: RunRequest, registry: Registry, search: Search, store: Callable[[], Store], note: Callable[[str], None]
) -> Tuning:
    """The search of a request in a folder, which is made last.

    `note` hears what is said of the data: which splits are cut, what is left out, whether dev can choose at all.

    Raises `UsageError` if Optuna is not installed, or the request has several datasets.
    """
    try:
        from seqbench.running.tuning import Candidate, Tuning
    except ImportError as error:
        raise UsageError("tuning needs Optuna: pip install 'seqbench[tune]'") from error
    plan = _on_dev(plan_of(request, registry, note), search.held_out)
    fixed = [spec.fields for spec in specs_of(request, registry)]
    candidates = [Candidate.of(model, fields) for model, fields in zip(plan.models, fixed, strict=True)]
    return Tuning(replace(plan, models=[]), candidates, search.effort, registry, store(), held_out=search.held_out)


def _on_dev(plan: Plan, held_out: float | None) -> Plan:
    """The plan with dev in the place of test, and the metric that chooses on it."""
    if len(plan.datasets) > 1:
        raise UsageError("tuning takes one dataset at a time: name it with --data")
    dataset = on_dev(plan.datasets[0], held_out)
    selection = plan.selections[plan.datasets[0].fingerprint]
    return replace(plan, datasets=[dataset], selections={dataset.fingerprint: selection})
