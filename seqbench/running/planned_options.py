"""The options of `seqbench run` that ask for a request again, by the keys of a plan, as run.json keeps them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import Spec, parse, written
from seqbench.running.request import RunRequest

_USUAL: Mapping[str, object] = MappingProxyType(
    {"seeds": 1, "device": "auto", "threads": 1, "policy": "conlleval", "jobs": 1}
)


def planned_options(request: RunRequest, registry: Registry) -> dict[str, object] | None:
    """The options of a request that are not at their defaults.

    None if data, models or datasets exist in this process only, or a label is none that can be typed.
    """
    here = {entry.name for entry in registry.taggers.values() if entry.plugin.of_this_process}
    models = [_typed(model, here) for model in request.models]
    if None in models or not all(isinstance(part, str) for part in request.data):
        return None
    options = {**_whats(request), "models": models, **_hows(request)}
    return {key: value for key, value in options.items() if value not in (_USUAL.get(key), None, [], False)}


def _typed(model: str | Spec, here: Collection[str]) -> str | None:
    """A model as it is typed; None for one of those that are only here, and for what cannot be typed."""
    if isinstance(model, str):
        return model
    text = f"{model.label}={written(model.name, model.fields)}"
    try:
        return text if model.name not in here and parse(text) == model else None
    except UsageError:
        return None


def _whats(request: RunRequest) -> dict[str, object]:
    """Options that say what is compared, on what."""
    seeds, until = request.seeds, request.until
    return {
        "data": list(request.data),
        "train": request.train,
        "task": request.task,
        "seeds": seeds if isinstance(seeds, int) else "".join(f"{seed}," for seed in seeds),
        "until": until and until.name,
        "max-seeds": until and until.looks[-1],
        "against": request.against if until else None,
        "folds": request.folds,
        "resplits": request.resplits,
        "group": request.group,
        "train-sizes": list(request.train_sizes),
        "epochs": request.epochs,
        "set": list(request.settings),
        "budget": request.budget,
        "select": request.select,
    }


def _hows(request: RunRequest) -> dict[str, object]:
    """Options that say how trials run, and how spans are read."""
    ways, spans = request.ways, request.spans
    return {
        "device": request.device,
        "threads": request.threads,
        "jobs": ways.jobs,
        "isolate": ways.isolate,
        "timeout": ways.timeout,
        "memory": ways.memory,
        "plugin": [str(file.resolve()) for file in request.plugins],
        "without": list(request.without),
        "scheme": spans.scheme,
        "policy": spans.policy,
        "without-type": list(spans.without),
    }
