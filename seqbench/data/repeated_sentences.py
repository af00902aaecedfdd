"""Sentences that stand in another corpus too: with the same words, or with nearly the same ones, by kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus, Sequences
from seqbench.data.sentence_hashes import Hashed, Hashes
from seqbench.data.word_forms import FORMS, plainest

Flags = NDArray[np.bool_]
SAME = "the same words"
SEVERAL = "several of these"
ONE_WORD = "one word"
LEAST_WORDS, LEAST_OF_NEAR = 3, 5
"""Shorter sentences ("Thank you!") are repeats by nature: only those with the same words count."""


def repeated(sentences: Sequences, others: Sequences) -> Flags:
    """Flags (sentences,) of sentences that stand in the other corpus with the same words."""
    return _among(*Hashed.both(sentences, others), 1)


def overlaps(sentences: Sequences, others: Sequences) -> dict[str, Flags]:
    """Flags (sentences,) of each kind of repeat that is there; a sentence is of the first kind that fits.

    Kinds: the same words; the same but for each of `FORMS`, or for several of them; and, all of these left out, but for
    one word that is another, added, left out or moved.
    """
    same = repeated(sentences, others)
    kinds, taken = {SAME: same}, same.copy()
    mine, theirs = Hashed.both(sentences, others, plainest)
    several = _among(mine, theirs, LEAST_WORDS) & ~taken
    chosen = np.flatnonzero(several)
    alike = others.take(np.flatnonzero(_in(theirs.whole, mine.whole[chosen]))).compact()
    for name, form in FORMS.items():
        kinds[name] = np.zeros_like(taken)
        kinds[name][chosen] = _among(Hashed.of(sentences.take(chosen).compact(), form), Hashed.of(alike, form), 1)
        kinds[name] &= ~taken
        taken |= kinds[name]
    kinds[SEVERAL] = several & ~taken
    taken |= kinds[SEVERAL]
    kinds[ONE_WORD] = _but_for_one_word(mine, theirs) & ~taken
    return {name: flags for name, flags in kinds.items() if flags.any()}


def with_other_tags(corpus: Corpus, others: Corpus) -> Flags:
    """Flags (sentences,) of sentences that stand in the other corpus with the same words, and never with these tags."""
    mine, theirs = Hashed.both(corpus.sentences, others.sentences)
    tagged = _in(mine.with_tags(corpus.tags).whole, theirs.with_tags(others.tags).whole)
    return _among(mine, theirs, 1) & ~tagged


@dataclass(frozen=True)
class Disagreement:
    """Number of sentences that a corpus has more than once with different tags, and the best accuracy beside them."""

    sentences: int
    ceiling: float


def disagreement(corpus: Corpus) -> Disagreement:
    """How far a corpus contradicts itself; the ceiling is of taggers that see one sentence, and words alone."""
    _, group, count = np.unique(Hashed.of(corpus.sentences).whole, return_inverse=True, return_counts=True)
    sentence = np.repeat(np.arange(len(corpus)), corpus.sentences.lengths)
    several = count[group[sentence]] > 1
    places = np.arange(corpus.tokens) - np.repeat(corpus.sentences.offsets[:-1], corpus.sentences.lengths)
    longest = int(corpus.sentences.lengths.max(initial=1))
    cells = (group[sentence] * longest + places)[several]
    tags = len(corpus.tags.vocabulary)
    pairs, times = np.unique(cells * tags + corpus.tags.ids[several], return_counts=True)
    starts = np.flatnonzero(np.diff(pairs // tags, prepend=-1))
    best = np.maximum.reduceat(times, starts) if len(starts) else times
    wrong = int(times.sum() - best.sum())
    differing = np.unique(group[sentence][several][_of(cells, pairs, starts, tags)])
    return Disagreement(int(count[differing].sum()), 1 - wrong / max(1, corpus.tokens))


def _of(cells: NDArray[np.int64], pairs: NDArray[np.int64], starts: NDArray[np.int64], tags: int) -> NDArray[np.bool_]:
    """Whether a token's cell has several tags."""
    several = np.diff(np.append(starts, len(pairs))) > 1
    return _in(cells, (pairs[starts] // tags)[several])


def _in(numbers: Hashes | NDArray[np.int64], others: Hashes | NDArray[np.int64]) -> Flags:
    """Whether each number is among others: for hashes in a tenth of the time of `numpy.isin`."""
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    ordered = np.sort(others)
    places = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    flags: Flags = ordered[places] == numbers
    return flags


def _among(mine: Hashed, theirs: Hashed, least: int) -> Flags:
    flags: Flags = _in(mine.whole, theirs.whole[theirs.lengths > 0]) & (mine.lengths >= least)
    return flags


def _but_for_one_word(mine: Hashed, theirs: Hashed) -> Flags:
    known, lacking = _long(theirs)
    words = _in(mine.without_a_word, np.concatenate([known, lacking]))
    sums = np.concatenate([[0], np.cumsum(words)])
    flags: Flags = (np.diff(sums[mine.offsets]) > 0) | _in(mine.whole, lacking)
    return flags & (mine.lengths >= LEAST_OF_NEAR)


def _long(hashed: Hashed) -> tuple[Hashes, Hashes]:
    """Hashes of sentences that are long enough, whole and without a word."""
    enough = hashed.lengths >= LEAST_OF_NEAR
    return hashed.whole[enough], hashed.without_a_word[np.repeat(enough, hashed.lengths)]
