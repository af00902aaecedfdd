"""Several taggers that decide together, by the mean of their probabilities or by a vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    Deterministic,
    Probabilistic,
    Sequences,
    Tagger,
    UsesDevice,
    Vocabularies,
    accepts_lists,
    learned,
    make,
    read_learned,
    write_learned,
)
from seqbench_plugins.combining import _members
from seqbench_plugins.combining._share import shared

_TIE = 1e-3  # what an earlier member's vote counts more than a later one's, so that ties go to the first


@dataclass(frozen=True, eq=False)
class Fitted:
    """Fitted members, in their order."""

    vocabularies: Vocabularies
    members: Sequence[Tagger]


@dataclass(kw_only=True)
class Ensemble:
    """Any registered taggers, each fitted with an own seed on the same data (Hansen and Salamon 1990).

    Where a member has no probabilities, or votes are asked for, its answer counts as certain: a weight below those of
    the others is wise. Of equally good tags the one of the earliest member is taken.
    """

    members: Annotated[list[str], "specs of the taggers"] = field(default_factory=lambda: ["lstm", "gru", "cnn"])
    combine: Annotated[Literal["probabilities", "votes"], "average probabilities, or count answers"] = "probabilities"
    weights: Annotated[list[float], "what each member counts, in their order; empty: all alike"] = field(
        default_factory=list
    )
    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the members, so that a misspelt one is told before anything is trained."""
        if not self.members:
            raise ValueError("members must name at least one tagger, was: []")
        if self.weights and (len(self.weights) != len(self.members) or not all(0 < w < inf for w in self.weights)):
            raise ValueError(f"weights must be {len(self.members)} numbers above 0, was: {self.weights}")
        self._members = [make(spec) for spec in self.members]
        if all(isinstance(member, Deterministic) for member in self._members):
            self.deterministic = True
        if any(isinstance(member, UsesDevice) for member in self._members):
            self.uses_device = True

    @property
    def parts(self) -> Sequence[str]:
        """See `seqbench.Composite`."""
        return self.members

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Fit one member after the other, each within its share of the budget."""
        self._fitted = None
        share = conditions.budget / len(self._members) if conditions.budget else None
        for number, member in enumerate(self._members):
            seed = conditions.seed * len(self._members) + number
            member.fit(train, shared(replace(conditions, seed=seed, budget=share)))
        self._fitted = Fitted(Vocabularies.of(train), tuple(self._members))

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The tag that the members together hold the best."""
        best = self.predict_proba(sentences).argmax(1).astype(np.int32)
        return Sequences(best, sentences.offsets, learned(self).vocabularies.tags)

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """The members' mean, or the shares of their votes: (tokens, tags)."""
        fitted = learned(self)
        total = np.zeros((len(sentences.ids), len(fitted.vocabularies.tags)), np.float32)
        weights = np.array(self.weights or [1.0] * len(fitted.members))
        weights *= 1 - _TIE * np.arange(len(weights)) / len(weights)
        for member, weight in zip(fitted.members, weights / weights.sum(), strict=True):
            total += np.float32(weight) * self._opinion(member, sentences)
        return total

    def save(self, folder: Path) -> None:
        """Write each member into a folder of its own. Raises `UsageError` if one of them cannot be kept."""
        fitted = learned(self)
        write_learned(folder, fitted.vocabularies)
        _members.save(folder, self.members, fitted.members)

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        _members.load(folder, self.members, self._members)
        self._fitted = Fitted(read_learned(folder, Vocabularies), tuple(self._members))

    @property
    def parameters(self) -> int:
        """The sum over all members that count theirs."""
        return _members.parameters(learned(self).members)

    @property
    def notes(self) -> Sequence[str]:
        """The notes of the members, each with the member's spec."""
        return _members.notes(self.members, learned(self).members)

    @property
    def trained_on(self) -> Sequence[str]:
        """The texts beside train that members learned from, each once."""
        return _members.trained_on(self._members)

    def warm_up(self, conditions: Conditions) -> None:
        """Warm up every member that needs it."""
        _members.warm_up(self._members, conditions)

    def _opinion(self, member: Tagger, sentences: Sequences) -> NDArray[np.float32]:
        """(tokens, tags): a member's probabilities, or 1 at the tag it gave."""
        tags = learned(self).vocabularies.tags
        if self.combine == "probabilities" and isinstance(member, Probabilistic):
            return member.predict_proba(sentences)
        answer = member.predict(sentences)
        if isinstance(answer, Sequences):
            ids = answer.ids
        else:
            index = {tag: number for number, tag in enumerate(tags)}
            ids = np.array([index[tag] for sentence in answer for tag in sentence], np.int32)
        return np.eye(len(tags), dtype=np.float32)[ids]
