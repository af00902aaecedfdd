"""Capabilities of a tagger beyond fit and predict, as its class and its default hyperparameters state them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import suppress
from inspect import isfunction
from typing import Any

from seqbench.contracts import tagger
from seqbench.contracts.capability import has_methods
from seqbench.contracts.imitating import Imitating
from seqbench.contracts.pretrained_taggers import Pretrained

_WORDS = {
    tagger.Probabilistic: "probabilities of tags",
    tagger.Stepwise: "tagging token by token",
    tagger.Saveable: "saving and loading",
    tagger.Deterministic: "the same for every seed",
    tagger.UsesDevice: "computes on a GPU where there is one",
    tagger.Sighted: "says how far it sees",
    tagger.Sized: "counts its parameters",
    tagger.WarmsUp: "warms up",
    Imitating: "learns from another's probabilities",
    tagger.Composite: "is made of others",
    tagger.Noted: "has notes",
    Pretrained: "names other texts that it learned from",
}


def capabilities(factory: Callable[..., Any]) -> list[str]:
    """Capabilities in a reader's words; `seqbench check` tests whether a tagger has them.

    Some hyperparameters may take a capability away: a tagger that is `LooksAhead` is built, untrained, with its
    default ones, and where these cannot tag token by token the reason stands in place of the capability. Of a function
    that makes taggers, one with the default hyperparameters tells.
    """
    if isfunction(factory):
        factory = _made(factory)
    able = [protocol for protocol in _WORDS if _has(factory, protocol)]
    against = _reason_against_steps(factory) if tagger.Stepwise in able else ""
    words = [_WORDS[protocol] for protocol in able if not (protocol is tagger.Stepwise and against)]
    texts = ", ".join(map(str, _texts(factory)))
    words = [f"learned from other texts too ({texts})" if texts and w == _WORDS[Pretrained] else w for w in words]
    return [*words, *([f"but not tagging token by token ({against})"] if against else [])]


def _made(function: Callable[..., Any]) -> Any:
    """A tagger that a function makes of its defaults, or the function where it makes none."""
    with suppress(Exception):  # a stranger's function may fail in any way
        return function()
    return function


def _has(factory: Callable[..., Any], protocol: type) -> bool:
    """Whether a class has all members that a protocol requires, or will as fields of a dataclass."""
    members = [name for name in vars(protocol) if not name.startswith("_")]
    fields = {field.name for field in dataclasses.fields(factory)} if dataclasses.is_dataclass(factory) else set()
    return all(hasattr(factory, name) or name in fields for name in members) and has_methods(factory, protocol)


def _texts(factory: Callable[..., Any]) -> tuple[object, ...]:
    """Names of the texts that the class itself says it learned from; none where hyperparameters decide."""
    texts = getattr(factory, "trained_on", ())
    return tuple(texts) if isinstance(texts, (list, tuple)) else ()


def _reason_against_steps(factory: Callable[..., Any]) -> str:
    """Why a tagger with its default hyperparameters cannot tag token by token, as far as it tells without training."""
    if not _has(factory, tagger.LooksAhead):
        return ""
    try:
        return str(factory().looks_ahead())
    except Exception as error:  # noqa: BLE001 -- a stranger's tagger may fail in any way
        return f"its hyperparameters decide: {type(error).__name__}: {error}"
