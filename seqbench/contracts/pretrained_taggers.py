"""Taggers that learned from other texts than train, and name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from seqbench.contracts.capability import Capability


@runtime_checkable
class Pretrained(Protocol, metaclass=Capability):
    """Tagger that learned, or parts of which learned, from other texts than `train`; its rows are marked so."""

    @property
    def trained_on(self) -> Sequence[str]:
        """Names of these texts, those of `seqbench datasets` where it lists them; empty if there are none."""
        ...
