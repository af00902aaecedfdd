"""Capabilities of a tagger beyond fit and predict, as its class states them: no tagger is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from seqbench.contracts import tagger

_WORDS = {
    tagger.Probabilistic: "probabilities of tags",
    tagger.Stepwise: "tagging token by token",
    tagger.Saveable: "saving and loading",
    tagger.Deterministic: "the same for every seed",
    tagger.UsesDevice: "computes on a GPU where there is one",
    tagger.Sighted: "says how far it sees",
    tagger.Sized: "counts its parameters",
    tagger.WarmsUp: "warms up",
    tagger.Composite: "is made of others",
    tagger.Noted: "has notes",
}


def capabilities(factory: Callable[..., Any]) -> list[str]:
    """Capabilities in a reader's words; `seqbench check` tests whether a tagger has them.

    Some hyperparameters may take a capability away: what reads from both ends cannot tag token by token.
    """
    return [words for protocol, words in _WORDS.items() if all(hasattr(factory, name) for name in _members(protocol))]


def _members(protocol: type) -> set[str]:
    """Names that a protocol requires."""
    return {name for name in vars(protocol) if not name.startswith("_")}
