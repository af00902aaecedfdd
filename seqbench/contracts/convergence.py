"""Where a training ends that is to show what a model can learn: the score on dev is high enough, or rises no more."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

PATIENCE = 6
"""Epochs without a rise that end a training, unless a user waits longer."""
_MET = 0.0025  # so near to its ceiling on dev, a training ends


@dataclass(frozen=True, kw_only=True)
class Convergence:
    """Rules by which a training ends: accuracy on dev reaches `target`, or does not rise.

    It does not rise where `patience` epochs bring no more than `gain` above the best before.
    """

    target: float
    patience: int = PATIENCE
    gain: float = 0.002

    @classmethod
    def near(cls, ceiling: float, patience: int = PATIENCE) -> Self:
        """Rules of a training that ends where dev is all but at a ceiling."""
        return cls(target=ceiling - _MET, patience=patience)

    @classmethod
    def stated(cls, ceiling: float, identity: Mapping[str, object]) -> Self:
        """Rules that the identity of a trial states, or the usual ones."""
        rule = identity.get("convergence")
        patience = rule.get("patience") if isinstance(rule, Mapping) else None
        return cls.near(ceiling, patience if isinstance(patience, int) else PATIENCE)

    @property
    def rule(self) -> Mapping[str, float]:
        """The rules without the target, which follows from the dataset and the model."""
        return {"patience": self.patience, "gain": self.gain}

    def ended(self, curve: Sequence[Mapping[str, float]]) -> bool:
        """Whether a training with these reports is over."""
        best, since = -math.inf, 0
        for accuracy in _accuracies(curve):
            best, since = (accuracy, 0) if accuracy > best + self.gain else (best, since + 1)
            if accuracy >= self.target or since >= self.patience:
                return True
        return False

    def trained_out(self, curve: Sequence[Mapping[str, float]]) -> bool:
        """Whether more epochs could not help: training was over, or the tagger does not learn by epochs."""
        return self.ended(curve) or not _accuracies(curve)


def _accuracies(curve: Sequence[Mapping[str, float]]) -> list[float]:
    return [step["dev_accuracy"] for step in curve if "dev_accuracy" in step]
