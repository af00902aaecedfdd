"""Taggers: their methods, and the conditions under which all taggers of a run are fitted.

Two methods make a tagger, and nobody must inherit from anything. A tagger that can do more implements a further small
protocol of this module; the runner asks with `isinstance`. Hyperparameters are the
keyword-only fields of a dataclass, `name: Annotated[type, "one line of doc"] = default`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypedDict, Unpack, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.capability import Capability
from seqbench.contracts.dev_metric import Accuracy, DevMetric
from seqbench.data.corpus import Corpus, Sequences


class Step(TypedDict, total=False):
    """Step of a training, usually an epoch; whatever is None or left out is unknown.

    `tokens`: number of tokens passed through training since the last report; `loss`: their mean loss;
    `dev_accuracy`: a fraction of 1; `dev_score`: what `conditions.metric` says of dev; `dev_seconds`: seconds that
    the evaluation on dev took (CPU time on a CPU, else wall), which are no training.
    """

    epoch: int | None
    tokens: int | None
    loss: float | None
    dev_accuracy: float | None
    dev_score: float | None
    dev_seconds: float | None


class Report(Protocol):
    """Receives the progress of a tagger while the tagger is fitted; never raises, and True asks the tagger to stop."""

    def __call__(self, **step: Unpack[Step]) -> bool:
        """Report one step."""
        ...


def say_nothing(**_: float | None) -> bool:
    """Report of a tagger that is fitted outside a run: nobody listens, nothing stops the tagger."""
    return False


@dataclass(frozen=True)
class Conditions:
    """Conditions of every tagger of a run: `device` is resolved, `budget` in seconds of fit.

    `scheme` names the span scheme whose legal moves a structured tagger makes; None: the one of train's tags.
    The device is "cpu", "cuda", one of several as "cuda:1", or "mps"; for taggers that are not `UsesDevice`, "cpu".
    `metric` is what `--select` stands for: `metric(predicted, dev.tags)` is the score on dev that chooses an epoch.
    """

    device: str = "cpu"
    seed: int = 0
    threads: int = 1
    dev: Corpus | None = None
    budget: float | None = None
    report: Report = say_nothing
    scheme: str | None = None
    metric: DevMetric = field(default_factory=Accuracy)


@runtime_checkable
class Tagger(Protocol):
    """Sequence model that learns tags from a corpus and gives one tag to every token."""

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Learn from `train` alone, forgetting all learned before; `conditions.dev` may choose epochs, never teach."""
        ...

    def predict(self, sentences: Sequences) -> Sequence[Sequence[str]]:
        """Tags of the training set, one per token, in order: lists of str, or `Sequences` of train's tag ids."""
        ...


@runtime_checkable
class Probabilistic(Protocol, metaclass=Capability):
    """Tagger that knows how probable each tag is."""

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """Probabilities (tokens, tags) by train's tag ids, the tokens of all sentences in a row; rows sum to 1."""
        ...


@runtime_checkable
class Stepwise(Protocol, metaclass=Capability):
    """Tagger that can tag while a sentence arrives, carrying a state along, at constant cost a token.

    State is a value: `step` modifies none, so that several sentences, or ways to go on, can be tagged in turns.
    """

    def start(self) -> Any:
        """State before a sentence, after `fit`. Raises `UsageError` if these hyperparameters make it look ahead."""
        ...

    def step(self, state: Any, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], Any]:
        """Probabilities of the tags of the next token, (tags,) by train's ids, and the state behind the token.

        They equal the row of `predict_proba` for the whole sentence; a tagger without probabilities gives 1 to its
        answer. `layers` has the token's value in each input layer beside the words.
        """
        ...


@runtime_checkable
class LooksAhead(Protocol, metaclass=Capability):
    """`Stepwise` tagger that knows before `fit` whether its hyperparameters let it tag token by token."""

    def looks_ahead(self) -> str:
        """Reason why these hyperparameters cannot tag token by token; empty if they can."""
        ...


@runtime_checkable
class Saveable(Protocol, metaclass=Capability):
    """Tagger that can be kept on disk after `fit`."""

    def save(self, folder: Path) -> None:
        """Write all that was learned into an existing empty folder, which may be moved later."""
        ...

    def load(self, folder: Path) -> None:
        """Restore a saved tagger, as if fitted; this tagger was built with the same hyperparameters."""
        ...


@runtime_checkable
class Sighted(Protocol, metaclass=Capability):
    """Tagger that does not see whole sentences; `seqbench probe` holds it against the ceiling of what it sees, too."""

    @property
    def sight(self) -> tuple[int | None, int | None]:
        """Tokens to the left and to the right of a token that its tag can depend on; None: all of them."""
        ...


@runtime_checkable
class Sized(Protocol, metaclass=Capability):
    """Tagger that knows how many numbers it has learned."""

    @property
    def parameters(self) -> int:
        """Number of learned numbers after `fit`."""
        ...


@runtime_checkable
class WarmsUp(Protocol, metaclass=Capability):
    """Tagger whose first use in a process is slow (kernels are loaded, memory is taken) and therefore is not timed."""

    def warm_up(self, conditions: Conditions) -> None:
        """Load and allocate once, so that later fits need not pay for it; no data is seen."""
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
class Composite(Protocol, metaclass=Capability):
    """Tagger made of others, which it builds with `seqbench.make` and which decide its results too."""

    @property
    def parts(self) -> Sequence[str]:
        """Specs of the taggers that it is made of."""
        ...


@runtime_checkable
class Noted(Protocol, metaclass=Capability):
    """Tagger with notes that users must read beside its scores."""

    @property
    def notes(self) -> Sequence[str]:
        """Notes as sentences, after `fit`."""
        ...
