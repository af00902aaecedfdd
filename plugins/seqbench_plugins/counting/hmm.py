"""A hidden Markov model of second order: trained by counting, decoded exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    DataError,
    Deterministic,
    Sequences,
    Vocabularies,
    accepts_lists,
    learned,
    read_learned,
    write_learned,
)
from seqbench_plugins._shared.counts_by_part import parts_of
from seqbench_plugins._shared.ragged_arrays import Floats, Ints, Ragged
from seqbench_plugins._shared.training_memory import Training
from seqbench_plugins._shared.unknown_words import Smoothing
from seqbench_plugins.counting._lexical_transitions import LexicalMoves
from seqbench_plugins.counting._states import States
from seqbench_plugins.counting._trellis import Chain, Moves, Trellis
from seqbench_plugins.counting._trigrams import Transitions, Trigrams
from seqbench_plugins.counting._word_tag_counts import Lexicon

TOKENS_AT_ONCE = 100_000  # bounds the memory of tagging
NUMBERS_AT_ONCE = 20_000_000  # tokens x tags
_BYTES_OF_A_PAIR = 60  # of states: counts, logs and what is made on the way


@dataclass(frozen=True, eq=False, kw_only=True)
class Fitted:
    """Counts of words with tags and of triples of states; `moves` are there where the model is lexicalized."""

    vocabularies: Vocabularies
    lexicon: Lexicon
    states: States
    trigrams: Trigrams
    moves: LexicalMoves | None
    transitions: Transitions = field(init=False)

    def __post_init__(self) -> None:
        words, tags = len(self.vocabularies.words), len(self.vocabularies.tags)
        self.lexicon.check(words, tags)
        self.states.check(tags)
        self.trigrams.check(len(self.states.prior) + 1)
        if self.moves is not None:
            self.moves.check(words, tags)
        object.__setattr__(self, "transitions", self.trigrams.transitions())

    def marginals(self, sentences: Sequences, pruning: float) -> NDArray[np.float32]:
        """P(tag | sentence): (tokens, tags)."""
        tags, trellis = self.trellis(sentences, pruning)
        probabilities = np.zeros((len(sentences.ids), len(self.vocabularies.tags)), np.float32)
        probabilities[tags.rows, tags.values] = trellis.marginals()
        return probabilities

    def trellis(self, sentences: Sequences, pruning: float) -> tuple[Ragged, Trellis]:
        """The candidate tags of each token, and their trellis; `pruning` as of `HMM`."""
        forms, form_of = np.unique(sentences.ids, return_inverse=True)
        probabilities = self.lexicon.of(sentences, forms)
        allowed = probabilities >= pruning * probabilities.max(1, keepdims=True)
        of_form = Ragged.where(allowed)
        tags = of_form.take(form_of)
        states = self.states.of[tags.values, self.states.classes(sentences.vocabulary[forms])[form_of[tags.rows]]]
        tags_of_words = np.log(probabilities[allowed])[of_form.entries(form_of)]
        emissions = tags_of_words - self.states.prior[states]  # P(word | state) / P(word), by Bayes' rule
        moves = self._moves_into(sentences, tags)
        return tags, Trellis.of(
            Chain(sentences.offsets, Ragged(states, tags.starts), emissions, self.transitions, moves)
        )

    def _moves_into(self, sentences: Sequences, tags: Ragged) -> Moves | None:
        """The further weights of moves from candidate to candidate, where the model is lexicalized."""
        if self.moves is None:
            return None
        lexical = self.moves
        with_boundary = np.append(tags.values, len(self.vocabularies.tags))  # candidate -1 is before a sentence

        def weights(tokens: Ints, before: Ints, candidates: Ints) -> Floats:
            return lexical.of(sentences, tokens, (with_boundary[before], with_boundary[candidates]))

        return weights


@dataclass(kw_only=True)
class HMM(Deterministic):
    """Trigrams of states and P(tag | word), after TnT (Brants 2000), with the states of Pla and Molina (2004).

    Transitions by deleted interpolation; rare and unknown words by a chain of shape, suffixes, lower-cased word and
    form, turned by Bayes' rule into emissions. Input layers beside the words are ignored. Neither conditions nor seed
    change anything.

    With `lexicalized`, two tables of smoothed log-ratios are added, (word, previous tag, tag) and (previous word, its
    tag, tag) of frequent words, in place of states of their own. That is more accurate, but no longer a normalised HMM:
    what it scores are products of ratios, which only become probabilities when all sequences of a sentence are summed.
    """

    decode: Annotated[Literal["viterbi", "posterior"], "best sequence, or best tag of each token"] = "viterbi"
    states: Annotated[int, "most states: tags told apart by capitals and frequent words; 0: plain tags"] = 220
    suffix_length: Annotated[int, "letters of the longest suffix that unknown words are judged by"] = 5
    rare: Annotated[int, "words seen at most this often teach suffixes"] = 10
    suffix_smoothing: Annotated[float, "tokens that a shorter suffix is worth beside a longer one"] = 6.0
    lower_smoothing: Annotated[float, "tokens that suffixes are worth beside the lower-cased word"] = 3.0
    form_smoothing: Annotated[float, "tokens that the lower-cased word is worth beside the form"] = 0.5
    lexicalized: Annotated[bool, "add tables of moves into and out of frequent words; no normalised HMM"] = False
    lexical_words: Annotated[int, "frequent words that have such tables"] = 2000
    lexical_smoothing: Annotated[float, "tokens that make a move with a word as frequent as expected"] = 1.0
    pruning: Annotated[float, "tags less probable than this share of a word's best tag are not tried"] = 1e-3
    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check what would fail later."""
        for name in ("suffix_smoothing", "lower_smoothing", "form_smoothing", "lexical_smoothing"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be more than 0, was: {getattr(self, name)}")

    def fit(self, train: Corpus, conditions: Conditions) -> None:  # noqa: ARG002 -- nothing here depends on them
        """Count words with tags, and triples of states."""
        most = min(self.states, 2 * len(train.tags.vocabulary)) if self.lexicalized else self.states
        states = States.learn(train, most)
        tags, count = len(train.tags.vocabulary), len(states.prior) + 1
        try:
            states.check(tags)
        except ValueError as error:
            raise DataError(str(error)) from error
        Training(tagger="hmm", tags=tags, size=_BYTES_OF_A_PAIR * count**2).check()
        classes = states.classes(train.sentences.vocabulary)
        parts = ((states.of[p.tags.ids, classes[p.sentences.ids]], p.tags.offsets) for p in parts_of(train))
        trigrams = Trigrams.of(parts, count)
        self._fitted = Fitted(
            vocabularies=Vocabularies.of(train),
            lexicon=Lexicon.learn(train, self._smoothing()),
            states=states,
            trigrams=trigrams,
            moves=LexicalMoves.learn(train, self.lexical_words, self.lexical_smoothing) if self.lexicalized else None,
        )

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The best tags; `decode` says which are best."""
        fitted = learned(self)
        best = [self._decoded(fitted, part) for part in _parts(sentences, len(fitted.vocabularies.tags))]
        ids = np.concatenate([np.zeros(0, np.int32), *best])
        return Sequences(ids, sentences.offsets, fitted.vocabularies.tags)

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """The exact marginals P(tag | sentence): (tokens, tags)."""
        fitted = learned(self)
        marginals = [fitted.marginals(part, self.pruning) for part in _parts(sentences, len(fitted.vocabularies.tags))]
        return np.concatenate([np.zeros((0, len(fitted.vocabularies.tags)), np.float32), *marginals])

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        write_learned(folder, learned(self))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the files do not hold what such a tagger learns."""
        self._fitted = read_learned(folder, Fitted)

    @property
    def parameters(self) -> int:
        """Triples of states that were seen, words and suffixes with the tags they were seen with, ratios."""
        fitted = learned(self)
        ratios = fitted.moves.parameters if fitted.moves else 0
        return len(fitted.trigrams.counts) + fitted.lexicon.parameters + ratios

    def _decoded(self, fitted: Fitted, sentences: Sequences) -> NDArray[np.int32]:
        if self.decode == "posterior":
            return np.asarray(fitted.marginals(sentences, self.pruning).argmax(1), np.int32)
        tags, trellis = fitted.trellis(sentences, self.pruning)
        return tags.values[trellis.viterbi()].astype(np.int32)

    def _smoothing(self) -> Smoothing:
        return Smoothing(
            suffix_length=self.suffix_length,
            rare=self.rare,
            suffix=self.suffix_smoothing,
            lower=self.lower_smoothing,
            form=self.form_smoothing,
        )


def _parts(sentences: Sequences, tags: int) -> Iterator[Sequences]:
    """The sentences in parts of a bounded number of tokens (a longer sentence is a part of its own)."""
    start, most = 0, min(TOKENS_AT_ONCE, max(1_000, NUMBERS_AT_ONCE // tags))
    while start < len(sentences):
        limit = sentences.offsets[start] + most
        stop = max(start + 1, int(np.searchsorted(sentences.offsets, limit, side="right")) - 1)
        yield sentences[start:stop]
        start = stop
