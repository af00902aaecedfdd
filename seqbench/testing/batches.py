"""Promises about batches: what a sentence gets depends on itself alone, never on the sentences that it is tagged with.

Padding is the usual fault: a batch is as long as its longest sentence, and a network that reads, averages or attends to
the places behind a shorter one answers by its neighbours' lengths.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.tagger import Probabilistic, Tagger
from seqbench.data.corpus import Sequences
from seqbench.testing.examples import KNOWN, MIXED, encoded, fitted, probabilities_of, tags_of
from seqbench.testing.promise import Make, Promise, require

TOLERANCE = 1e-3
"""Probabilities may differ by this much between batches: rounding moves them by a millionth, padding by a tenth."""

_SIZES = (2, 5, 12, len(MIXED))


def _tags(make: Make) -> None:
    tagger = fitted(make)
    for first, *others in ([KNOWN[i], other] for i in range(len(KNOWN)) for other in KNOWN):
        alone, among = tags_of(tagger, [first])[0], tags_of(tagger, [first, *others])[0]
        require(alone == among, f"{first!r} got {alone!r} alone, and {among!r} before {others!r}")
    if _copes(tagger):
        _mixed_tags(tagger, encoded(MIXED))


def _copes(tagger: Tagger) -> bool:
    """Whether a tagger copes with unknown words, which is another promise."""
    with suppress(Exception):
        tags_of(tagger, MIXED)
        return True
    return False


def _mixed_tags(tagger: Tagger, sentences: Sequences) -> None:
    for batch in _batches():
        alone = tags_of(tagger, sentences.take(batch[:1]))[0]
        among = tags_of(tagger, sentences.take(batch))[0]
        words = sentences[int(batch[0])]
        clear = _clear(tagger, sentences.take(batch[:1]))
        pairs = list(zip(words, alone, among, clear, strict=False))
        moved = [(word, *tags) for word, *tags, is_clear in pairs if is_clear and tags[0] != tags[1]]
        require(not moved, f"{moved[:3]!r} (word, tag alone, tag in a batch): {_told(words, batch, len(moved))}")


def _clear(tagger: Tagger, sentences: Sequences) -> NDArray[np.bool_]:
    """Tokens that have one best tag, as far as a tagger tells: (tokens,); rounding may decide between two."""
    if not isinstance(tagger, Probabilistic):
        return np.ones(len(sentences.ids), bool)
    ordered = np.sort(probabilities_of(tagger, sentences), 1)
    clear: NDArray[np.bool_] = ordered[:, -1] - ordered[:, -2:-1].sum(1) > TOLERANCE
    return clear


def _probabilities(make: Make) -> None:
    tagger = fitted(make)
    if not isinstance(tagger, Probabilistic) or not _copes(tagger):
        return
    sentences = encoded(MIXED)
    alone = [probabilities_of(tagger, sentences.take(np.array([number]))) for number in range(len(MIXED))]
    for batch in _batches():
        among = probabilities_of(tagger, sentences.take(batch))
        _require_equal(sentences, batch, among, [alone[number] for number in batch])


def _require_equal(
    sentences: Sequences, batch: NDArray[np.int64], among: NDArray[np.float32], alone: list[NDArray[np.float32]]
) -> None:
    start = 0
    for number, expected in zip(batch.tolist(), alone, strict=True):
        own = among[start : start + len(expected)]
        start += len(expected)
        moved = np.abs(own - expected).max(1, initial=0) if own.shape == expected.shape else np.ones(len(expected))
        words = sentences[number]
        word = words[int(moved.argmax())]
        broken = f"a probability of {word!r} moves by {moved.max():.3f} between alone and in a batch"
        require(moved.max() <= TOLERANCE, f"{broken}: {_told(words, batch, int((moved > TOLERANCE).sum()))}")


def _told(words: list[str], batch: NDArray[np.int64], count: int) -> str:
    lengths = [len(MIXED[number]) for number in batch]
    return (
        f"{count} of {len(words)} tokens differ in a batch of sentences with {lengths} tokens; "
        "padding behind a sentence must change no score: mask it (batch.mask, batch.lengths)"
    )


def _batches() -> Iterator[NDArray[np.int64]]:
    """The numbers of the mixed sentences of each batch: of several sizes, each sentence once the first of one."""
    numbers = np.arange(len(MIXED))
    for first in range(len(MIXED)):
        yield np.roll(numbers, -first)[: _SIZES[first % len(_SIZES)]]


BATCHES = (
    Promise("batch-does-not-matter", "tags a sentence alike alone and among others", _tags),
    Promise(
        "probabilities-in-any-batch",
        "has the same probabilities for a sentence alone and among others",
        _probabilities,
        ("predict_proba",),
    ),
)
