"""Taggers that are handed over in Python: classes and factories, registered for one run of this process."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from seqbench.contracts.hooks import Register, hookimpl
from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.contracts.tagger import Tagger
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import Spec, parse, written

Factory: TypeAlias = Callable[[], Tagger]
_PLUGIN = "handed over"


def hand_over(factories: Mapping[str, object], registry: Registry) -> dict[str, Spec]:
    """Register what builds new taggers; the spec of each, by its label.

    A label may be any text, also the name of an installed tagger. Raises `UsageError` for what is no factory.
    """
    checked = {label: _factory(label, thing) for label, thing in factories.items()}
    names: dict[str, str] = {}
    for label in checked:
        names[label] = _free_name(label, {*registry.taggers, *names.values()})

    class HandedOver:
        @hookimpl
        def register_taggers(self, register: Register) -> None:
            for label, factory in checked.items():
                register(names[label], factory, "handed over in Python")

    if checked:
        before = len(registry.losses)
        registry.add(HandedOver(), _PLUGIN, once=secrets.token_hex(6))
        for loss in registry.losses[before:]:
            raise UsageError(f"these models cannot be used: {loss.reason}")
    return {label: Spec(label, name, {}) for label, name in names.items()}


def _free_name(label: str, taken: set[str]) -> str:
    """A name that a spec can hold and that nobody has: the label itself where it can be."""
    name = re.sub(r"[\s=(),?]+", "-", label).strip("-") or "model"
    while name in taken:
        name = f"my-{name}"
    return name


def _factory(label: str, thing: object) -> Factory:
    """Callable that gives a new tagger. Raises `UsageError` for a tagger itself, which could not be made anew."""
    kind = getattr(thing, "__name__", type(thing).__name__)
    refuse_estimator(label, thing)
    if not callable(thing):
        raise UsageError(f"model {label!r} must be a class or another factory: write lambda: {kind}(...)")
    try:
        defaults = {name: field.default for name, field in fields_of(thing).items()}
    except (TypeError, ValueError, NameError):  # a callable that does not tell its arguments
        defaults = {label: thing}
    if REQUIRED in defaults.values():
        raise UsageError(f"model {label!r} must need no arguments: write lambda: {kind}(...)")
    return cast("Factory", thing) if _can_be_written(defaults) else lambda *_: cast("Tagger", thing())


def refuse_estimator(label: str, thing: object) -> None:
    """Raises `UsageError` for an estimator of scikit-learn's kind, with the adapter that makes a tagger of it."""
    if hasattr(thing, "get_params") and hasattr(thing, "predict"):
        kind = getattr(thing, "__name__", type(thing).__name__)
        wrapped = f"lambda: PerToken({kind}(...))"
        raise UsageError(
            f"model {label!r} is an estimator, no tagger; wrap it with seqbench.adapters: {wrapped}, "
            "or PerSentence for one that takes whole sentences"
        )


def _can_be_written(fields: Mapping[str, Any]) -> bool:
    """Whether a spec can hold these values."""
    try:
        return parse(written("_", fields)).fields == fields
    except UsageError:
        return False
