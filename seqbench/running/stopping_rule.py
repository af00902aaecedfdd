"""When a run has enough seeds, as a function that is handed over: running looks at no score by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from seqbench.results.store import Store


class StoppingRule(Protocol):
    """A rule that is called at each of its looks, the numbers of seeds of each model, until it needs no more."""

    @property
    def name(self) -> str:
        """The rule as users write it."""
        ...

    @property
    def looks(self) -> Sequence[int]:
        """The numbers of seeds at which the run is looked at, the most last."""
        ...

    def __call__(self, run: Store, /) -> Mapping[tuple[str, str], str]:
        """The models that need further seeds, by fingerprint of the dataset and label, and what is open."""
        ...

    def past_help(self, run: Store, /) -> Sequence[str]:
        """Pairs that are open and stay so with any number of seeds, each as a clause."""
        ...
