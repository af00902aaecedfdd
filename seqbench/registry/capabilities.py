"""What a tagger's class says that it can do beyond fit and predict, told without building one."""

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
    tagger.Sized: "counts its parameters",
    tagger.WarmsUp: "warms up",
    tagger.Composite: "is made of others",
    tagger.Noted: "has notes",
}


def capabilities(factory: Callable[..., Any]) -> list[str]:
    """In a reader's words; whether they are true is what `seqbench check` finds out.

    With some hyperparameters a tagger may be unable to (tag token by token, where it reads from both ends).
    """
    return [words for protocol, words in _WORDS.items() if all(hasattr(factory, name) for name in _members(protocol))]


def _members(protocol: type) -> set[str]:
    """The names that a protocol asks for."""
    return {name for name in vars(protocol) if not name.startswith("_")}
