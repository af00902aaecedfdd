"""Promises of taggers that can do more than tag: probabilities, steps, their size; of saving see `saving`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.tagger import Probabilistic, Sized, Stepwise, Tagger
from seqbench.data.corpus import Sequences
from seqbench.errors import UsageError
from seqbench.testing.examples import UNKNOWN, corpus, encoded, fitted, probabilities_of
from seqbench.testing.promise import Make, Promise, require


def _sums(make: Make) -> None:
    tagger = fitted(make)
    if not isinstance(tagger, Probabilistic):
        return
    sentences = encoded(UNKNOWN)
    probabilities = probabilities_of(tagger, sentences)
    expected = (len(sentences.ids), len(corpus().tags.vocabulary))
    broken = f"{UNKNOWN!r} got {probabilities.shape}, expected {expected} (tokens, tags)"
    require(probabilities.shape == expected, broken)
    for word, total in zip(sentences.vocabulary[sentences.ids], probabilities.sum(1), strict=True):
        require(abs(total - 1) < 1e-3, f"the probabilities of {word!r} in {UNKNOWN!r} sum to {total}")  # noqa: PLR2004
    require((probabilities >= 0).all(), f"{UNKNOWN!r} got a probability of {probabilities.min()}")


def _agree(make: Make) -> None:
    tagger = fitted(make)
    if not isinstance(tagger, Probabilistic):
        return
    sentences = encoded(UNKNOWN)
    probabilities = probabilities_of(tagger, sentences)
    ordered = np.sort(probabilities, 1)
    clear = ordered[:, -1] - ordered[:, -2] > 1e-4  # noqa: PLR2004 -- else there is no best tag
    best = corpus().tags.vocabulary[probabilities.argmax(1)].tolist()
    tags = [tag for answer in tagger.predict(sentences) for tag in answer]
    pairs = [pair for *pair, is_clear in zip(tags, best, clear, strict=True) if is_clear]
    wrong = [(tag, other) for tag, other in pairs if tag != other]
    order = f"columns are in the order of train.tags.vocabulary, here {corpus().tags.vocabulary.tolist()}"
    pairs_of_tags = f"{wrong[:3]!r}... (tag, most probable tag): {len(wrong)} of {len(tags)} tokens differ"
    broken = f"{UNKNOWN!r} got {pairs_of_tags}; {order}"
    require(len(wrong) <= len(tags) // 4, broken)  # the best sequence need not be that of the best tags


def _steps(make: Make) -> None:
    tagger = fitted(make)
    if not isinstance(tagger, Stepwise):
        return
    try:
        tagger.start()
    except UsageError:
        return
    for sentence in sorted(UNKNOWN, key=len):
        whole, state = _answers(tagger, encoded([sentence])), tagger.start()
        for form, expected in zip(sentence, whole, strict=True):
            first, behind = tagger.step(state, form)
            again, _ = tagger.step(state, form)
            require(np.array_equal(first, again), f"two steps from one state before {form!r} differ")
            equal = first.shape == expected.shape and np.allclose(first, expected, atol=1e-5)
            require(equal, f"{form!r} in {sentence!r} got {first} by steps and {expected} in the whole sentence")
            state = behind


def _answers(tagger: Tagger, sentences: Sequences) -> NDArray[np.float32]:
    """(tokens, tags): probabilities, or 1 at the tag of the answer."""
    if isinstance(tagger, Probabilistic):
        return tagger.predict_proba(sentences)
    tags = corpus().tags.vocabulary.tolist()
    ids = [tags.index(tag) for answer in tagger.predict(sentences) for tag in answer]
    return np.eye(len(tags), dtype=np.float32)[ids]


def _size(make: Make) -> None:
    tagger = fitted(make)
    if isinstance(tagger, Sized):
        number: object = tagger.parameters
        broken = f"its parameters are {number!r}; they must be a whole number of 0 or more"
        require(isinstance(number, int | np.integer) and int(number) >= 0, broken)


CAPABILITIES = (
    Promise(
        "probabilities-sum-to-one",
        "has one probability for each token and tag, which sum to 1, if any",
        _sums,
        ("predict_proba",),
    ),
    Promise(
        "probabilities-agree", "has probabilities that mostly agree with predict, if any", _agree, ("predict_proba",)
    ),
    Promise(
        "steps-equal-whole", "tags token by token as it tags whole sentences, if it can", _steps, ("start", "step")
    ),
    Promise(
        "counts-parameters",
        "tells how many numbers it has learned, if it does, as a whole number",
        _size,
        ("parameters",),
    ),
)
