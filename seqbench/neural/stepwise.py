"""Networks that read a sentence while it arrives: one token a step, with a state carried along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from torch import Tensor

from seqbench.data.corpus import Sequences
from seqbench.errors import UsageError
from seqbench.neural.batch import Batch


@runtime_checkable
class Stepping(Protocol):
    """A network that can go on where it stopped. Its state is never changed: each step returns a new one."""

    def start(self) -> Any:
        """The state before a sentence; `UsageError` where this network looks ahead."""
        ...

    def step(self, batch: Batch, state: Any) -> tuple[Tensor, Any]:
        """The next tokens of sentences, (batch, 1), and the state before -> scores (batch, 1, tags), state behind."""
        ...


def single(form: str, layers: Mapping[str, str]) -> Sequences:
    """One token as a sentence of its own."""
    word = Sequences.encode([[form]])
    beside = {name: Sequences.encode([[value]]) for name, value in layers.items()}
    return Sequences(word.ids, word.offsets, word.vocabulary, beside)


def reason_against_steps(network: object, *, crf: bool) -> str:
    """Why a network, trained or not, cannot tag token by token; empty if it can."""
    if crf or not isinstance(network, Stepping):
        return str(looks_ahead(crf=crf))
    try:
        network.start()
    except UsageError as error:
        return str(error)
    return ""


def looks_ahead(*, crf: bool) -> UsageError:
    """Why a tagger cannot tag token by token."""
    if crf:
        return UsageError("with crf=True a sentence's tags are chosen together: it cannot be tagged token by token")
    return UsageError("this network looks at the words to the right as well: it cannot tag token by token")
