"""Promises about learning: from train alone, anew each time, and the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from seqbench.contracts.tagger import Conditions, Deterministic
from seqbench.data.corpus import Corpus, Sequences, strings
from seqbench.errors import NotFittedError
from seqbench.testing.examples import KNOWN, corpus, dev, encoded, fitted, refit, tags_if_any, tags_of
from seqbench.testing.promise import Make, Promise, require

_NEW = ["blick", "frob", "glark", "mimsy", "snark", "tove", "wabe", "wug"]
_TURNS = (("NOUN", "VERB"), ("VERB", "NOUN"))
_OLD = [
    ("the dog", "ADP ADP"),
    ("the", "PRON"),
    ("gostak distims", "AUX PRON"),
    ("doshes distims gostak", "ADP PRON AUX"),
    ("doshes a", "ADP Z"),
]
"""Sentences with tags of train on words that it has otherwise, or not at all, and one with a tag that it lacks."""


def _same_seed(make: Make) -> None:
    conditions = Conditions(seed=7, dev=dev())
    first, second = (tags_of(fitted(make, conditions=conditions), KNOWN) for _ in range(2))
    for sentence, tags, other in zip(KNOWN, first, second, strict=False):
        require(tags == other, f"two fits with seed 7 gave {sentence!r} the tags {tags!r} and {other!r}")


def _input_stays(make: Make) -> None:
    train, words = corpus(), encoded(KNOWN)
    tagger = fitted(make, train)
    require(train.digest() == corpus().digest(), f"after fit, train is no longer {list(corpus().sentences)!r}")
    tagger.predict(words)
    require(words.digest() == encoded(KNOWN).digest(), f"after predict, its sentences are no longer {KNOWN!r}")


def _no_dev(make: Make) -> None:
    try:
        tags_of(fitted(make, conditions=Conditions()), KNOWN)
    except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
        require(kept=False, broken=f"without dev data it raised {type(error).__name__}: {error}")


def _dev_teaches_nothing(make: Make) -> None:
    learned = [_learned_from_dev(make, turn) for turn in _TURNS]
    broken = f"it tags {_NEW!r}, which only dev has, as dev does: once {_TURNS[0]}, once {_TURNS[1]} in turn"
    require(not all(learned), broken)


def _learned_from_dev(make: Make, turn: Sequence[str]) -> bool:
    """Whether new words get the tags that dev gives them, which nobody could guess."""
    tags = [turn[number % 2] for number in range(len(_NEW))]
    extra = Corpus.encode([[word] for word in _NEW] * 3, [[tag] for tag in tags] * 3).extend(corpus())
    tagger = fitted(make, conditions=Conditions(dev=extra))
    return tags_if_any(tagger, [[word] for word in _NEW]) == [[tag] for tag in tags]


def _predict_learns_nothing(make: Make) -> None:
    tagger = fitted(make)
    before = tags_if_any(tagger, _placed("zebra"))
    other = tags_if_any(tagger, _placed("quagga-of-another-kind", behind="unused"))
    after = tags_if_any(tagger, _placed("zebra", behind="unused"))
    if before is None or other is None or after is None:
        return
    broken = f"['the', 'zebra'] got {before[0]!r}, and {after[0]!r} after other words had been tagged"
    require(before == after, broken)


def _placed(word: str, behind: str = "") -> Sequences:
    """The sentence `the WORD` over a vocabulary that has another unknown word before it: ids beyond train's move."""
    sentences = encoded([["the", word]])
    if not behind:
        return sentences
    vocabulary = strings([*sentences.vocabulary[:-1], behind, word])
    ids = sentences.ids.copy()
    ids[ids == len(sentences.vocabulary) - 1] = len(vocabulary) - 1
    return Sequences(ids, sentences.offsets, vocabulary)


def _forgets(make: Make) -> None:
    old = Corpus.encode([words.split() for words, _ in _OLD], [tags.split() for _, tags in _OLD])
    first = fitted(make)
    every = [*KNOWN, *(words.split() for words, _ in _OLD)]
    questions = KNOWN if tags_if_any(first, every) is None else every
    new = tags_of(first, questions)
    tagger = fitted(make, old, Conditions(dev=old))
    beside = tags_of(fitted(make), questions)
    refit(tagger)
    again = tags_of(tagger, questions)
    if new == beside == again or _differs_anyway(make, questions):
        return
    _same(questions, beside, new, "where another tagger of its class had been fitted on other data before")
    _same(questions, again, new, "where it had been fitted on other data before")


def _differs_anyway(make: Make, questions: list[list[str]]) -> bool:
    """Whether two fits on the same data differ, which is another promise."""
    first, second = (tags_of(fitted(make), questions) for _ in range(2))
    return first != second


def _same(questions: list[list[str]], tags: list[list[str]], expected: list[list[str]], when: str) -> None:
    for sentence, answer, other in zip(questions, tags, expected, strict=False):
        require(answer == other, f"{sentence!r} got {answer!r} {when}, else {other!r}")


def _seeds_do_not_matter(make: Make) -> None:
    if not isinstance(make(), Deterministic):
        return
    first, second = (tags_of(fitted(make, conditions=Conditions(seed=s, dev=dev())), KNOWN) for s in (1, 2))
    if first != tags_of(fitted(make, conditions=Conditions(seed=1, dev=dev())), KNOWN):  # which is another promise
        return
    for sentence, tags, other in zip(KNOWN, first, second, strict=False):
        broken = f"it says that no seed changes it, and gave {sentence!r} {tags!r} with seed 1, {other!r} with seed 2"
        require(tags == other, broken)


def _not_fitted(make: Make) -> None:
    kind, sentences = type(make()), encoded(KNOWN[:1])
    questions: dict[str, Callable[[Any], object]] = {
        "predict": lambda tagger: tagger.predict(sentences),
        "predict_proba": lambda tagger: tagger.predict_proba(sentences),
        "parameters": lambda tagger: tagger.parameters,
        "start": lambda tagger: tagger.start(),
    }
    for name, ask in questions.items():
        if getattr(kind, name, None) is not None:
            _require_not_fitted(name, make(), ask)


def _require_not_fitted(name: str, tagger: Any, ask: Callable[[Any], object]) -> None:
    way_out = "it must raise seqbench.NotFittedError, as seqbench.learned(self) does"
    try:
        answer = ask(tagger)
    except NotFittedError:
        return
    except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
        require(kept=False, broken=f"before fit, {name} raised {type(error).__name__}: {error}; {way_out}")
    require(kept=False, broken=f"before fit, {name} answered {answer!r}; {way_out}")


LEARNING = (
    Promise("same-seed-same-tags", "gives the same tags for the same seed", _same_seed),
    Promise("seeds-do-not-matter", "gives the same tags for every seed, if it says so", _seeds_do_not_matter),
    Promise("input-stays", "does not modify its input", _input_stays),
    Promise("needs-no-dev", "can be fitted without dev data", _no_dev),
    Promise("dev-teaches-nothing", "learns nothing from dev but when to stop", _dev_teaches_nothing),
    Promise("predict-learns-nothing", "learns nothing from what it tags", _predict_learns_nothing),
    Promise("not-fitted", "says so where it is asked before it is fitted", _not_fitted),
    Promise("refit-forgets", "forgets the old data when it is fitted again", _forgets),
)
