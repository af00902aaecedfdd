"""Example sentences for checks: some to learn from, some of known words, some with unknown ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.tagger import Conditions, Probabilistic, Tagger
from seqbench.data.corpus import Corpus, Sequences
from seqbench.testing.promise import Make, require

_TRAIN = [
    ("the dog saw the cat", "DET NOUN VERB DET NOUN"),
    ("a cat ran", "DET NOUN VERB"),
    ("the old man can fish", "DET ADJ NOUN AUX VERB"),
    ("dogs run", "NOUN VERB"),
    ("she saw a can of fish in the old house", "PRON VERB DET NOUN ADP NOUN ADP DET ADJ NOUN"),
    ("I", "PRON"),
]
_DEV = [
    ("the cat ran", "DET NOUN VERB"),
    ("a zorp can run", "DET NOUN AUX VERB"),
    ("she saw the man", "PRON VERB DET NOUN"),
]

KNOWN = [
    ["dogs", "run"],
    ["a", "dog", "ran"],
    ["the", "man", "saw", "fish"],
    ["the", "old", "cat", "saw", "a", "house"],
]
"""Sentences of words that train has, the shortest first."""
UNKNOWN = [["x" * 50], ["the", "zebra", "ran"], ["Ünïcödé", "чай", "42"], ["she", "can", "run", "a", "quagga"]]
"""Sentences with words that train does not have."""


def _mixed() -> list[list[str]]:
    """Thirty sentences of 1 to 40 tokens, short ones beside long ones, two of three words made up."""
    draw = np.random.default_rng(20)
    taught = sorted({word for words, _ in _TRAIN for word in words.split()})
    lengths = [1, 40, 2, 30, 3, 20, 5, 13, 8, 25, *draw.integers(1, 41, 20).tolist()]
    return [[str(draw.choice(taught)) if draw.random() < 1 / 3 else _word(draw) for _ in range(n)] for n in lengths]


def _word(draw: np.random.Generator) -> str:
    """A word of one to twelve letters that nobody has seen."""
    return "".join(draw.choice(list("abdeghiklmnoprstuvwzäßéчя"), draw.integers(1, 13)))


MIXED = _mixed()
"""Sentences of very different lengths, with many unknown words, for batches that are mostly padding."""


def corpus() -> Corpus:
    """Six sentences to learn from."""
    return _corpus(_TRAIN)


def dev() -> Corpus:
    """Three further sentences for `conditions.dev`."""
    return _corpus(_DEV).extend(corpus())


def fitted(make: Make, train: Corpus | None = None, conditions: Conditions | None = None) -> Tagger:
    """A new tagger after `fit`, under the conditions of a run: dev data, random state by the seed."""
    tagger: Tagger = make()
    refit(tagger, train, conditions)
    return tagger


def refit(tagger: Tagger, train: Corpus | None = None, conditions: Conditions | None = None) -> None:
    """Fit a tagger once more."""
    chosen = conditions or Conditions(dev=dev())
    random.seed(chosen.seed)
    np.random.seed(chosen.seed)  # noqa: NPY002 -- as a run does, for taggers that still draw from it
    tagger.fit(train or corpus(), chosen)


def encoded(sentences: Sequence[Sequence[str]], train: Corpus | None = None) -> Sequences:
    """Sentences as `predict` gets them in a run: train's vocabulary comes first."""
    return Sequences.encode(sentences).extend((train or corpus()).sentences)


def probabilities_of(tagger: Probabilistic, sentences: Sequences) -> NDArray[np.float32]:
    """Probabilities (tokens, tags) that a tagger answers. Raises `BrokenPromiseError` if it is no such array."""
    answer: Any = tagger.predict_proba(sentences)
    is_array = isinstance(answer, np.ndarray) and answer.ndim == len(("tokens", "tags")) and answer.dtype.kind in "fiu"
    tags = len(corpus().tags.vocabulary)
    expected = f"one array ({len(sentences.ids)} tokens of all sentences in a row, {tags} tags)"
    require(is_array, f"predict_proba answered {type(answer).__name__}, expected {expected}")
    probabilities: NDArray[np.float32] = answer
    return probabilities


def tags_of(tagger: Tagger, sentences: Sequence[Sequence[str]] | Sequences) -> list[list[str]]:
    """The answer of a tagger that was fitted on `corpus()`, as lists."""
    question = sentences if isinstance(sentences, Sequences) else encoded(sentences)
    return [list(tags) for tags in tagger.predict(question)]


def tags_if_any(tagger: Tagger, sentences: Sequence[Sequence[str]] | Sequences) -> list[list[str]] | None:
    """The answer as lists, or None where the tagger raises: whether it copes with unknown words is another promise."""
    try:
        return tags_of(tagger, sentences)
    except Exception:  # noqa: BLE001 -- a stranger's code may raise anything
        return None


def smallest_first(sentences: list[list[str]]) -> Iterator[list[list[str]]]:
    """Each sentence by itself, then all, so that a broken promise is shown by the smallest example."""
    yield from ([sentence] for sentence in sorted(sentences, key=len))
    yield sentences


def _corpus(pairs: Sequence[tuple[str, str]]) -> Corpus:
    return Corpus.encode([words.split() for words, _ in pairs], [tags.split() for _, tags in pairs])
