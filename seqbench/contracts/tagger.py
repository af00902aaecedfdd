"""What a tagger promises, and the conditions under which all taggers of a run are fitted.

Two methods make a tagger, and nobody must inherit from anything. What a tagger can do beyond them it says by
implementing a further small protocol of this module; the runner asks with `isinstance`. Hyperparameters are the
keyword-only fields of a dataclass, `name: Annotated[type, "one line of doc"] = default`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus, Sequences


class Report(Protocol):
    """How a tagger tells its progress while it is fitted: it never raises, and True asks the tagger to stop."""

    def __call__(
        self,
        *,
        epoch: int | None = None,
        tokens: int | None = None,
        loss: float | None = None,
        dev_accuracy: float | None = None,
        dev_seconds: float | None = None,
    ) -> bool:
        """Tell one step, usually an epoch.

        `tokens`: those passed through training since the last report; `loss`: their mean loss; `dev_accuracy`: as a
        fraction of 1; `dev_seconds`: seconds that its evaluation took (CPU time on a CPU, else wall), which
        are no training.
        """
        ...


def say_nothing(**_: float | None) -> bool:
    """A report for a tagger that is fitted outside a run: nobody listens, nothing stops it."""
    return False


@dataclass(frozen=True)
class Conditions:
    """What is the same for every tagger of a run: `device` is resolved, `budget` in seconds of fit.

    The device is "cpu", "cuda", one of several as "cuda:1", or "mps"; for taggers that are not `UsesDevice`, "cpu".
    """

    device: str = "cpu"
    seed: int = 0
    threads: int = 1
    dev: Corpus | None = None
    budget: float | None = None
    report: Report = say_nothing


@runtime_checkable
class Tagger(Protocol):
    """A sequence model that learns tags from a corpus and gives one tag to every token."""

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Learn from `train`, forgetting what was learned before; `conditions.dev` may choose epochs, never teach."""
        ...

    def predict(self, sentences: Sequences) -> Sequence[Sequence[str]]:
        """One tag of the training set per token, in order: lists of str, or `Sequences` of train's tag ids."""
        ...


@runtime_checkable
class Probabilistic(Protocol):
    """A tagger that knows how probable each tag is."""

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """(tokens, tags) in the order of train's tag ids, the tokens of all sentences in a row; rows sum to 1."""
        ...


@runtime_checkable
class Stepwise(Protocol):
    """A tagger that can tag while a sentence arrives, with what it has read carried along, at constant cost a token.

    State is a value: `step` leaves it as it was, so that several sentences, or ways to go on, can be tagged in turns.
    """

    def start(self) -> Any:
        """The state before a sentence, after `fit`; `UsageError` where it looks ahead with these hyperparameters."""
        ...

    def step(self, state: Any, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], Any]:
        """How probable each tag is for the next token, (tags,) by train's ids, and the state behind it.

        The same as `predict_proba` gives for the whole sentence; a tagger without probabilities gives 1 to its answer.
        `layers` has the token's value in each input layer beside the words.
        """
        ...


@runtime_checkable
class Saveable(Protocol):
    """A tagger that can be kept on disk after `fit`."""

    def save(self, folder: Path) -> None:
        """Write all that was learned into a folder that is there and empty; it may be moved later."""
        ...

    def load(self, folder: Path) -> None:
        """Become what was saved, as if fitted; the tagger was built with the hyperparameters of the one saved."""
        ...


@runtime_checkable
class Sized(Protocol):
    """A tagger that knows how many numbers it has learned."""

    @property
    def parameters(self) -> int:
        """Learned numbers after `fit`."""
        ...


@runtime_checkable
class WarmsUp(Protocol):
    """A tagger whose first use in a process is slow (kernels are loaded, memory is taken), untimed therefore."""

    def warm_up(self, conditions: Conditions) -> None:
        """Do once what later fits need not pay for; it sees no data."""
        ...


@runtime_checkable
class Deterministic(Protocol):
    """Marks a tagger that no seed changes, so that it runs once. Inherit from it, or set the attribute."""

    deterministic: ClassVar[bool] = True


@runtime_checkable
class UsesDevice(Protocol):
    """Marks a tagger that computes on `conditions.device`; others get "cpu". Inherit from it, or set the attribute."""

    uses_device: ClassVar[bool] = True


@runtime_checkable
class Composite(Protocol):
    """A tagger made of others, which it builds with `seqbench.make`: what they are decides its results too."""

    @property
    def parts(self) -> Sequence[str]:
        """Their specs."""
        ...


@runtime_checkable
class Noted(Protocol):
    """A tagger that has something to say which users must read beside its scores."""

    @property
    def notes(self) -> Sequence[str]:
        """Sentences, after `fit`."""
        ...
