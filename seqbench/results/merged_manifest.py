"""run.json of a folder that several requests share: whatever was ever asked for stays a part of the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from seqbench.results.records import EarlierRequest, Manifest, WantedTrial


def merged(earlier: Manifest, now: Manifest, same: Callable[[WantedTrial], bool]) -> Manifest:
    """The manifest of the new request, with what earlier ones asked for.

    A trial of an earlier request whose label the new one uses for something else (`same` says no: another spec, other
    conditions, changed code) is superseded: its file stays, and it counts for no row.
    """
    labels, named = {model.label for model in now.models}, set(now.trials)
    before = [trial for trial in earlier.trials if trial not in named]
    kept = [trial for trial in before if trial.label not in labels or same(trial)]
    replaced = dict.fromkeys([*(earlier.superseded or ()), *(trial for trial in before if trial not in kept)])
    datasets = {part.fingerprint: part for part in (*earlier.datasets, *now.datasets)}
    models = {part.label: part for part in (*earlier.models, *now.models)}
    trials = _in_order([*now.trials, *kept], list(datasets), list(models))
    used = {trial.label for trial in trials}
    return replace(
        now,
        datasets=tuple(datasets.values()),
        models=tuple(model for label, model in models.items() if label in used or label in labels),
        trials=tuple(trials),
        superseded=None if earlier.superseded is None else tuple(trial for trial in replaced if trial not in trials),
        plugins=(*(p for p in earlier.plugins if p not in now.plugins), *now.plugins),
        warnings=tuple(dict.fromkeys([*earlier.warnings, *now.warnings])),
        metrics={**earlier.metrics, **now.metrics},
        earlier=_requests(earlier, now),
        until=now.until or earlier.until,
    )


def _in_order(trials: Sequence[WantedTrial], datasets: Sequence[str], labels: Sequence[str]) -> list[WantedTrial]:
    """Trials by dataset, model and seed."""
    index = {name: number for number, name in enumerate(labels)}
    return sorted(trials, key=lambda trial: (datasets.index(trial.dataset), index[trial.label], trial.seed))


def _requests(earlier: Manifest, now: Manifest) -> tuple[EarlierRequest, ...]:
    """The requests before this one, each once; the same command again is no further request."""
    last = EarlierRequest(
        command=earlier.command,
        plan=earlier.plan,
        folder=earlier.folder,
        started=earlier.started,
        device=earlier.device,
    )
    each = {_what(request.plan, request.command): request for request in (*earlier.earlier, last)}
    each.pop(_what(now.plan, now.command), None)
    return tuple(each.values())


def _what(plan: object, command: Sequence[str]) -> str:
    return repr(plan) if plan is not None else repr(list(command))
