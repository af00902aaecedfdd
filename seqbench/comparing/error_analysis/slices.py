"""The test set in slices: by word (known, unknown, ambiguous), frequency in train, sentence length, position, tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.error_analysis.words import Words
from seqbench.contracts.metric import Flags
from seqbench.data.repeated_sentences import SAME
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions
from seqbench.results.rows import Score
from seqbench.scoring.reference import Reference

_SEEN = (0, 1, 2, 5, 10, 100, 1000)
_LENGTHS = (1, 6, 11, 21, 41)
_PLACES = (1, 2, 6, 11, 21)


@dataclass(frozen=True, eq=False)
class Slice:
    """The tokens (a flag for each) that are alike in one respect: `by` says in which, `name` how."""

    by: str
    name: str
    where: Flags

    @property
    def tokens(self) -> int:
        """Number of tokens."""
        return int(np.count_nonzero(self.where))

    def accuracy(self, predictions: Predictions, model: ModelKey) -> Score:
        """The accuracy of a model on these tokens, over its seeds."""
        right = predictions.of(model).ids[:, self.where] == predictions.reference.gold[self.where]
        return Score.of(right.mean(1).tolist())


def slices(reference: Reference, words: Words | None) -> list[Slice]:
    """All slices that hold a token; slices by frequency need the words."""
    by_word = [*_words(reference), *binned_slices(reference, words), *_overlaps(words), *_doubtful(words)]
    return [part for part in [*by_word, *_tags(reference)] if part.tokens]


def binned_slices(reference: Reference, words: Words | None) -> list[Slice]:
    """Slices by frequency in train (if the words are known), sentence length and position, that hold a token."""
    parts = [*_frequencies(words), *_lengths(reference), *_positions(reference)]
    return [part for part in parts if part.tokens]


def _words(reference: Reference) -> Iterator[Slice]:
    yield Slice("word", "any", np.ones(len(reference.gold), bool))
    if reference.known.any():  # or there was nothing to learn from
        yield Slice("word", "known", reference.known)
        yield Slice("word", "unknown", ~reference.known)
        yield Slice("word", "ambiguous", reference.ambiguous)


def _frequencies(words: Words | None) -> Iterator[Slice]:
    if words and words.learned:
        yield from _binned("times in train", words.times_in_train(), _SEEN)


def _overlaps(words: Words | None) -> Iterator[Slice]:
    """Tokens of test sentences that are no repeats of train's, kind by kind, and of those that are none of any kind."""
    if words and words.learned:
        lengths, kinds = words.lengths(), words.overlaps()
        named = {name if name == SAME else f"the same but for {name}": flags for name, flags in kinds.items()}
        if len(named) > 1:
            named["all of these"] = np.logical_or.reduce(list(named.values()))
        for name, flags in named.items():
            yield Slice("without repeats of train", name, np.repeat(~flags, lengths))


def _doubtful(words: Words | None) -> Iterator[Slice]:
    """Tokens of test sentences without those of dev, of documents that train or dev has, and of look-alike letters."""
    if words:
        kinds = {
            "in dev with the same words": words.in_dev(),
            "of documents that train or dev has": words.in_known_documents(),
            "with look-alike letters": words.lookalikes(),
        }
        for name, flags in kinds.items():
            if flags.any():
                yield Slice("without sentences", name, np.repeat(~flags, words.lengths()))


def _lengths(reference: Reference) -> Iterator[Slice]:
    lengths = np.diff(reference.offsets)
    yield from _binned("sentence length", np.repeat(lengths, lengths), _LENGTHS)


def _positions(reference: Reference) -> Iterator[Slice]:
    starts = np.repeat(reference.offsets[:-1], np.diff(reference.offsets))
    yield from _binned("position", np.arange(len(reference.gold)) - starts + 1, _PLACES)


def _tags(reference: Reference) -> Iterator[Slice]:
    """The gold tags, the most frequent first."""
    counts = np.bincount(reference.gold, minlength=len(reference.tags))
    for tag in np.argsort(-counts, kind="stable").tolist():
        yield Slice("tag", reference.tags[tag], reference.gold == tag)


def _binned(by: str, values: NDArray[np.int64], edges: Sequence[int]) -> Iterator[Slice]:
    """Values (tokens,) from each edge up to the next."""
    for first, end in zip(edges, [*edges[1:], None], strict=True):
        if end is None:
            yield Slice(by, f"{first:,}+", values >= first)
        else:
            name = str(first) if end == first + 1 else f"{first}-{end - 1}"
            yield Slice(by, name, (values >= first) & (values < end))
