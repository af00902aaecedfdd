"""What a tagger promises, as checks that its author can run: `seqbench check NAME`, or `broken_promises` in a test.

Each promise takes a factory of new taggers and raises `BrokenPromiseError` with the smallest example that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.corpus import Corpus, Sequences
from seqbench.errors import UsageError
from seqbench.tagger import Conditions, Probabilistic, Stepwise, Tagger

Make = Callable[[], Tagger]

_SENTENCES = [
    "the dog saw the cat",
    "a cat ran",
    "the old man can fish",
    "dogs run",
    "she saw a can of fish in the old house",
    "I",
]
_TAGS = [
    "DET NOUN VERB DET NOUN",
    "DET NOUN VERB",
    "DET ADJ NOUN AUX VERB",
    "NOUN VERB",
    "PRON VERB DET NOUN ADP NOUN ADP DET ADJ NOUN",
    "PRON",
]
_UNSEEN = [["the", "zebra", "ran"], ["Ünïcödé", "чай", "42"], ["x" * 50], ["she", "can", "run", "a", "dog"]]


class BrokenPromiseError(AssertionError):
    """A tagger did what it must not, or not what it must."""


@dataclass(frozen=True)
class Promise:
    """One thing that every tagger must do: a name, the words for it, and its check."""

    name: str
    words: str
    check: Callable[[Make], None]


def corpus() -> Corpus:
    """A handful of sentences to be fitted on."""
    return Corpus.encode([s.split() for s in _SENTENCES], [t.split() for t in _TAGS])


def broken_promises(make: Make) -> Iterator[tuple[Promise, str]]:
    """The promises that new taggers of this kind break, each with what was seen."""
    for promise in PROMISES:
        try:
            promise.check(make)
        except BrokenPromiseError as error:
            yield promise, str(error)
        except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
            yield promise, f"raised {type(error).__name__}: {error}"


def _fitted(make: Make, train: Corpus | None = None, seed: int = 0) -> Tagger:
    tagger = make()
    tagger.fit(train or corpus(), Conditions(seed=seed))
    return tagger


def _tags(tagger: Tagger, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(tags) for tags in tagger.predict(Sequences.encode(sentences).extend(corpus().sentences))]


def _require(kept: object, broken: str) -> None:
    if not kept:
        raise BrokenPromiseError(broken)


def _one_tag_each(make: Make) -> None:
    tagger = _fitted(make)
    for sentences in ([["the", "dog"]], [s.split() for s in _SENTENCES], _UNSEEN):
        found = [len(tags) for tags in _tags(tagger, sentences)]
        expected = [len(sentence) for sentence in sentences]
        _require(found == expected, f"{sentences!r} have {expected} tokens, and got {found} tags")


def _only_taught(make: Make) -> None:
    taught = set(corpus().tags.vocabulary)
    other = {tag for tags in _tags(_fitted(make), _UNSEEN) for tag in tags} - taught
    _require(not other, f"{_UNSEEN!r} got {sorted(map(repr, other))}, which the training set does not have")


def _odd_sizes(make: Make) -> None:
    tagger = _fitted(make)
    odd: tuple[list[list[str]], ...] = ([], [[]], [["dog"]], [[], ["dog"], []])
    for sentences in odd:
        found = [len(tags) for tags in _tags(tagger, sentences)]
        _require(found == [len(s) for s in sentences], f"{sentences!r} got {found} tags")
    one = Corpus.encode([["one"]], [["TAG"]])
    _require(_tags(_fitted(make, one), [["one"]]) == [["TAG"]], "fitted on one word with one tag, it gives another")


def _same_seed(make: Make) -> None:
    first, second = (_tags(_fitted(make, seed=7), _UNSEEN) for _ in range(2))
    _require(first == second, f"two fits with seed 7 gave {first!r} and {second!r}")


def _input_stays(make: Make) -> None:
    train = corpus()
    tagger = make()
    tagger.fit(train, Conditions())
    tagger.predict(train.sentences)
    _require(train.digest() == corpus().digest(), "the training set is not what it was before fit")


def _forgets(make: Make) -> None:
    tagger = _fitted(make, Corpus.encode([["the", "dog"], ["the"]], [["Z", "Z"], ["Q"]]))
    tagger.fit(corpus(), Conditions())
    again, fresh = _tags(tagger, _UNSEEN), _tags(_fitted(make), _UNSEEN)
    _require(again == fresh, f"fitted before on other data it gives {again!r}, a new one {fresh!r}")


def _order(make: Make) -> None:
    tagger = _fitted(make)
    straight, turned = _tags(tagger, _UNSEEN), _tags(tagger, _UNSEEN[::-1])[::-1]
    _require(straight == turned, f"{_UNSEEN!r} got {straight!r}, and in turned order {turned!r}")


def _alone(make: Make) -> None:
    tagger = _fitted(make)
    together = _tags(tagger, _UNSEEN)
    for sentence, tags in zip(_UNSEEN, together, strict=True):
        single = _tags(tagger, [sentence])[0]
        _require(single == tags, f"{sentence!r} got {single!r} alone and {tags!r} among others")


def _probabilities(make: Make) -> None:
    tagger = _fitted(make)
    if not isinstance(tagger, Probabilistic):
        return
    sentences = Sequences.encode(_UNSEEN).extend(corpus().sentences)
    given = tagger.predict_proba(sentences)
    expected = (len(sentences.ids), len(corpus().tags.vocabulary))
    _require(given.shape == expected, f"predict_proba gave {given.shape}, expected {expected} (tokens, tags)")
    _require(
        np.allclose(given.sum(1), 1, atol=1e-3), f"probabilities sum to {given.sum(1).min()} to {given.sum(1).max()}"
    )
    names = corpus().tags.vocabulary[given.argmax(1)].tolist()
    found = [tag for tags in tagger.predict(sentences) for tag in tags]
    close = np.sort(given, 1)[:, -1] - np.sort(given, 1)[:, -2] < 1e-4  # noqa: PLR2004 -- no clear best tag
    wrong = [
        pair
        for pair, even in zip(zip(found, names, strict=True), close, strict=True)
        if not even and len(set(pair)) > 1
    ]
    _require(len(wrong) <= len(found) // 4, f"predict and predict_proba differ in {len(wrong)} of {len(found)} tokens")


def _steps(make: Make) -> None:
    tagger = _fitted(make)
    if not isinstance(tagger, Stepwise):
        return
    try:
        tagger.start()
    except UsageError:
        return
    sentences = Sequences.encode(_UNSEEN).extend(corpus().sentences)
    whole = _answers(tagger, sentences)
    for number, sentence in enumerate(sentences):
        state = tagger.start()
        for place, form in enumerate(sentence):
            first, behind = tagger.step(state, form)
            again, _ = tagger.step(state, form)
            _require(np.array_equal(first, again), f"two steps from one state before {form!r} differ")
            expected, state = whole[sentences.offsets[number] + place], behind
            same = first.shape == expected.shape and np.allclose(first, expected, atol=1e-5)
            _require(same, f"{form!r} in {sentence!r} got {first} by steps and {expected} in the whole sentence")


def _answers(tagger: Tagger, sentences: Sequences) -> NDArray[np.float32]:
    """(tokens, tags): probabilities, or 1 at the tag that was given."""
    if isinstance(tagger, Probabilistic):
        return tagger.predict_proba(sentences)
    tags = corpus().tags.vocabulary.tolist()
    given = [tags.index(tag) for answer in tagger.predict(sentences) for tag in answer]
    return np.eye(len(tags), dtype=np.float32)[given]


PROMISES = (
    Promise("one-tag-per-token", "gives one tag to every token", _one_tag_each),
    Promise("only-taught-tags", "gives only tags of the training set, also to unknown words", _only_taught),
    Promise("odd-sizes", "copes with empty sentences, single tokens and a training set of one word", _odd_sizes),
    Promise("same-seed-same-tags", "gives the same tags for the same seed", _same_seed),
    Promise("input-stays", "does not modify its input", _input_stays),
    Promise("refit-forgets", "forgets the old data when it is fitted again", _forgets),
    Promise("order-does-not-matter", "tags a sentence alike wherever it stands", _order),
    Promise("batch-does-not-matter", "tags a sentence alike alone and among others", _alone),
    Promise(
        "probabilities", "has probabilities that sum to 1 and mostly agree with predict, if it has any", _probabilities
    ),
    Promise("steps", "tags token by token as it tags whole sentences, if it can", _steps),
)
