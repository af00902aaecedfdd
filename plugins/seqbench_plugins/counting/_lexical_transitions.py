"""Moves from tag to tag with frequent words, beyond what tags and words tell apart: two tables of log-ratios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, Sequences, check_array
from seqbench_plugins._shared.frequent_words import FrequentWords
from seqbench_plugins._shared.ragged_arrays import Floats, Ints

NUMBERS_AT_MOST = 2**24  # in each table: with a large tag set, fewer words have one


@dataclass(frozen=True, eq=False)
class LexicalMoves:
    """For a frequent word: log of how often a move was seen with it over how often it was to be expected.

    `into` is of (word, tag before, tag), expecting that the word depends on its tag alone; `out_of` is of (word before,
    its tag, tag), expecting that the tag depends on the tag before alone. Both counts are raised by the smoothing,
    which draws what was seldom seen towards 0. Word 0 stands for all that are not frequent, and tells nothing.
    """

    frequent: FrequentWords
    into: NDArray[np.float32]  # (words + 1, tags + 1, tags); the last tag before is the boundary
    out_of: NDArray[np.float32]

    def check(self, words: int, tags: int) -> None:
        """Raises `ValueError` unless the tables are of so many words of train and tags."""
        self.frequent.check(words)
        for name, table in (("into", self.into), ("out_of", self.out_of)):
            check_array(name, table, self.frequent.count + 1, tags + 1, tags)

    @classmethod
    def learn(cls, train: Corpus, most: int, smoothing: float) -> LexicalMoves:
        """Counts of at most so many words."""
        tags = len(train.tags.vocabulary)
        shape = (tags + 1, tags)
        frequent = FrequentWords.learn(train.sentences, min(most, NUMBERS_AT_MOST // (shape[0] * shape[1])))
        word, word_before = _with_before(frequent.of(train.sentences), train.tags.offsets, boundary=0)
        tag, tag_before = _with_before(train.tags.ids.astype(np.int64), train.tags.offsets, boundary=tags)
        move = tag_before * tags + tag
        moves = _counts(np.zeros_like(word), move, (1, *shape))[0]
        into, out_of = (_counts(w, move, (frequent.count + 1, *shape)) for w in (word, word_before))
        of_tag, of_before = np.maximum(moves.sum(0), 1), np.maximum(moves.sum(1), 1)
        expected_into = moves * (into.sum(1) / of_tag)[:, None]
        expected_out_of = out_of.sum(2)[:, :, None] * (moves / of_before[:, None])
        tables = [np.log((into + smoothing) / (expected_into + smoothing))]
        tables += [np.log((out_of + smoothing) / (expected_out_of + smoothing))]
        for table in tables:
            table[0] = 0
        return cls(frequent, tables[0].astype(np.float32), tables[1].astype(np.float32))

    def of(self, sentences: Sequences, tokens: Ints, moves: tuple[Ints, Ints]) -> Floats:
        """The weights of moves (tags before, tags) into these tokens of the sentences: (moves,)."""
        word, before = _with_before(self.frequent.of(sentences), sentences.offsets, boundary=0)
        return np.asarray(self.into[word[tokens], *moves] + self.out_of[before[tokens], *moves], np.float64)

    @property
    def parameters(self) -> int:
        """Ratios that are not 1."""
        return int(np.count_nonzero(self.into) + np.count_nonzero(self.out_of))


def _with_before(values: Ints, offsets: Ints, *, boundary: int) -> tuple[Ints, Ints]:
    """Values (tokens,), and those of the tokens before."""
    before = np.append(boundary, values)[:-1]
    before[offsets[:-1][np.diff(offsets) > 0]] = boundary
    return values, before


def _counts(rows: Ints, moves: Ints, shape: tuple[int, int, int]) -> Floats:
    size = shape[1] * shape[2]
    return np.bincount(rows * size + moves, minlength=shape[0] * size).reshape(shape).astype(float)
