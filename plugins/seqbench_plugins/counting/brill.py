"""A tagger that corrects its first guess by rules which it has learned from its own errors (Brill 1995)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np

from seqbench import (
    Conditions,
    Corpus,
    Deterministic,
    Range,
    Sequences,
    Vocabularies,
    accepts_lists,
    learned,
    read_learned,
    write_learned,
)
from seqbench_plugins._shared.ragged_arrays import Ints
from seqbench_plugins._shared.training_memory import Training
from seqbench_plugins._shared.unknown_words import Smoothing
from seqbench_plugins.counting._transformations import Surroundings, Transformations, learn
from seqbench_plugins.counting._word_tag_counts import Lexicon

_BYTES_OF_A_PAIR = 40  # of a word and a tag: counts, probabilities, and what is between them
_SMOOTHING = Smoothing(suffix_length=5, rare=10, suffix=6.0, lower=3.0, form=0.5)


@dataclass(frozen=True, eq=False, kw_only=True)
class Fitted:
    """The first guess, the most probable tag of a word, and the rules that correct it."""

    vocabularies: Vocabularies
    lexicon: Lexicon
    rules: Transformations

    def __post_init__(self) -> None:
        words, tags = len(self.vocabularies.words), len(self.vocabularies.tags)
        self.lexicon.check(words, tags)
        self.rules.check(tags)


@dataclass(kw_only=True)
class BrillTagger(Deterministic):
    """Transformation-based learning: rules such as "NN becomes VB after TO", each learned where those before it err.

    The first guess is the most probable tag of a word, of an unknown one by its suffix and shape. A rule looks at
    words and tags up to two tokens away. Input layers beside the words are ignored.
    """

    rules: Annotated[int, "most rules", Range(0, 1000)] = 200
    gain: Annotated[int, "tokens that a rule must correct more than it spoils", Range(1, 20)] = 3
    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check what would fail later."""
        if self.rules < 0 or self.gain < 1:
            raise ValueError(f"rules must be 0 or more and gain at least 1, was: {self.rules}, {self.gain}")

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Learn the first guess, then rule after rule. Raises `DataError` where so many tags cannot be learned."""
        words, tags = len(train.sentences.vocabulary), len(train.tags.vocabulary)
        Training(tagger="brill", tags=tags, size=_BYTES_OF_A_PAIR * words * tags).check()
        vocabularies, lexicon = Vocabularies.of(train), Lexicon.learn(train, _SMOOTHING)

        def more(count: int, wrong: float) -> bool:
            return count < self.rules and not conditions.report(epoch=count + 1, loss=wrong)

        guess, around = _guessed(lexicon, train.sentences), _around(vocabularies, train.sentences)
        rules = learn(guess, train.tags.ids.astype(np.int64), around, self.gain, more)
        self._fitted = Fitted(vocabularies=vocabularies, lexicon=lexicon, rules=rules)

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The first guess, corrected by all rules in their order."""
        fitted = learned(self)
        around = _around(fitted.vocabularies, sentences)
        tags = fitted.rules.apply(_guessed(fitted.lexicon, sentences), around)
        return Sequences(tags.astype(np.int32), sentences.offsets, fitted.vocabularies.tags)

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        write_learned(folder, learned(self))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the files do not hold what such a tagger learns."""
        self._fitted = read_learned(folder, Fitted)

    @property
    def parameters(self) -> int:
        """Parameters of the first guess, and four numbers a rule."""
        fitted = learned(self)
        return fitted.lexicon.parameters + fitted.rules.rows.size


def _around(vocabularies: Vocabularies, sentences: Sequences) -> Surroundings:
    """Surroundings in which all unknown words are one."""
    words = len(vocabularies.words)
    forms = np.minimum(sentences.ids, words).astype(np.int64)
    return Surroundings.of(forms, sentences.offsets, words + 1, len(vocabularies.tags))


def _guessed(lexicon: Lexicon, sentences: Sequences) -> Ints:
    """The most probable tag of each token's word."""
    forms, form_of = np.unique(sentences.ids, return_inverse=True)
    if not len(forms):
        return np.zeros(0, np.int64)
    best: Ints = lexicon.of(sentences, forms).argmax(1).astype(np.int64)
    return best[form_of]
