"""A network that learns from a stronger tagger's probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Annotated, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    Imitating,
    Noted,
    Probabilistic,
    Range,
    Saveable,
    Sequences,
    Sized,
    Tagger,
    UsageError,
    UsesDevice,
    learned,
    make,
)
from seqbench_plugins.combining import _members
from seqbench_plugins.combining._exchanged_words import copies_of, together
from seqbench_plugins.combining._folds import folds_of
from seqbench_plugins.combining._share import shared

_MOST_COPIES = 100
_WITHOUT_COPIES = "exchanged has no effect without copies: copies=1 makes one"


class Teacher(Tagger, Probabilistic, Protocol):
    """Tagger with probabilities."""


class Student(Teacher, Imitating, Protocol):
    """Tagger that learns from them."""


@dataclass(kw_only=True)
class Distil:
    """A student is fitted to the teacher's probabilities on train (Hinton et al. 2015), and is all that is kept.

    With `folds` train is cut into so many parts, and each gets the probabilities of a teacher that has learned from the
    others: on what it has learned itself a teacher is too sure to say more than the tags do. Such teachers take that
    many times as long. With `copies` the student learns, beside train, what the teacher says of copies of its sentences
    in which words are exchanged (after Tang et al. 2019): on these, too, a teacher is not sure, and takes no longer.
    """

    teacher: Annotated[str, "spec of the tagger that is learned from"] = "lstm"
    student: Annotated[str, "spec of the network that learns"] = "rnn"
    share: Annotated[float, "weight of the teacher's probabilities beside train's tags", Range(0, 1)] = 0.7
    temperature: Annotated[float, "what the teacher's log-probabilities are divided by: above 1 it is less sure"] = 1.0
    folds: Annotated[int, "parts of train whose teacher has not learned from them; 1: one teacher for all"] = 1
    copies: Annotated[int, "copies of train with exchanged words that the teacher tags", Range(0, 4)] = 0
    exchanged: Annotated[float, "share of the words of a copy that are drawn anew", Range(0.05, 0.5)] = 0.2
    _fitted: Student | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build both, so that a misspelt one is told before anything is trained."""
        if not 0 <= self.share <= 1 or not 0 < self.temperature < inf or self.folds < 1:
            raise ValueError("share must be from 0 to 1, temperature above 0 and folds at least 1")
        if not 0 < self.exchanged <= 1 or not 0 <= self.copies <= _MOST_COPIES:
            raise ValueError(f"exchanged must be above 0 and at most 1, and copies from 0 to {_MOST_COPIES}")
        student, teacher = make(self.student), make(self.teacher)
        if not isinstance(student, Imitating):
            raise UsageError(
                f"student {self.student!r} cannot learn from probabilities; choose a network (without crf)"
            )
        if not isinstance(teacher, Probabilistic):
            raise UsageError(f"teacher {self.teacher!r} has no probabilities to learn from; choose another")
        self._student, self._teacher = cast("Student", student), cast("Teacher", teacher)
        if any(isinstance(part, UsesDevice) for part in (student, teacher)):
            self.uses_device = True

    @property
    def parts(self) -> Sequence[str]:
        """See `seqbench.Composite`."""
        return [self.teacher, self.student]

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Fit the teacher, or one for each fold, then the student, each within its share of the budget."""
        self._fitted = None
        budget = conditions.budget / (self.folds + 1) if conditions.budget else None
        texts = [train.sentences, *copies_of(train, self.copies, self.exchanged, conditions.seed)]
        targets = self._targets(train, texts, replace(conditions, budget=budget))
        self._student.imitate(together(train, texts), targets, shared(replace(conditions, budget=budget)))
        self._fitted = self._student

    def predict(self, sentences: Sequences) -> Sequences:
        """The student's tags."""
        return cast("Sequences", learned(self).predict(sentences))

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """The student's probabilities: (tokens, tags)."""
        return learned(self).predict_proba(sentences)

    def save(self, folder: Path) -> None:
        """Write the student, which is all that is needed. Raises `UsageError` if it cannot be kept."""
        student = learned(self)
        if not isinstance(student, Saveable):
            raise UsageError(f"what was distilled cannot be kept, since the student {self.student!r} cannot")
        student.save(folder)

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        if not isinstance(self._student, Saveable):
            raise UsageError(f"what was distilled cannot be loaded, since the student {self.student!r} cannot")
        self._student.load(folder)
        self._fitted = self._student

    @property
    def parameters(self) -> int:
        """Number of the student's parameters."""
        student = learned(self)
        return student.parameters if isinstance(student, Sized) else 0

    @property
    def notes(self) -> Sequence[str]:
        """The notes of the student, and whether `exchanged` had no effect."""
        student = learned(self)
        none = self.exchanged != Distil.exchanged and not self.copies
        return [*(student.notes if isinstance(student, Noted) else ()), *([_WITHOUT_COPIES] if none else [])]

    @property
    def trained_on(self) -> Sequence[str]:
        """The texts beside train that the teacher or the student learned from, each once."""
        return _members.trained_on([self._teacher, self._student])

    def warm_up(self, conditions: Conditions) -> None:
        """Warm up both, as far as they need it."""
        _members.warm_up([self._teacher, self._student], conditions)

    def _targets(self, train: Corpus, texts: Sequence[Sequences], conditions: Conditions) -> NDArray[np.float32]:
        """Probabilities that the student learns, text after text: (texts * tokens, tags), rows that sum to 1."""
        targets = np.zeros((len(texts), train.tokens, len(train.tags.vocabulary)), np.float32)
        for fold in folds_of(train, self.folds):
            self._teacher.fit(fold.rest, shared(conditions))
            for text, target in zip(texts, targets, strict=True):
                target[np.ix_(fold.tokens, fold.tags)] = self._teacher.predict_proba(fold.of(text))
        targets **= np.float32(1 / self.temperature)
        targets /= targets.sum(2, keepdims=True)
        self._mix(targets[0], train.tags.ids)
        return targets.reshape(-1, targets.shape[2])

    def _mix(self, targets: NDArray[np.float32], gold: NDArray[np.int32]) -> None:
        """Mix the teacher's probabilities of train with its tags; those of copies are not known."""
        targets *= np.float32(self.share)
        targets[np.arange(len(gold)), gold] += np.float32(1 - self.share)
