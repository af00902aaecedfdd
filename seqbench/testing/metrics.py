"""Promises of metrics: a number, or None, for every outcome, whatever the order of its sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from seqbench.contracts.metric import Countable, Outcome
from seqbench.data.corpus import offsets_of
from seqbench.testing.promise import Make, Promise, require

_PARTS_OF_SPEECH, _SPANS = ("DET", "NOUN", "VERB"), ("O", "B-PER", "I-PER")
_GOLD = [[0, 1], [2], [1, 2, 0]]
_PREDICTED = {"all right": _GOLD, "half right": [[0, 2], [2], [0, 2, 1]], "all wrong": [[1, 2], [0], [2, 0, 1]]}


def _outcome(tags: tuple[str, ...], gold: Sequence[Sequence[int]], predicted: Sequence[Sequence[int]]) -> Outcome:
    """An outcome on these sentences; gold tag 0 is on known words, gold tag 1 on ambiguous ones too."""
    ids = np.array([tag for sentence in gold for tag in sentence], np.int32)
    answers = np.array([tag for sentence in predicted for tag in sentence], np.int32)
    offsets = offsets_of([len(sentence) for sentence in gold])
    return Outcome(
        tags=tags,
        learned=len(tags),
        gold=ids,
        predicted=answers,
        offsets=offsets,
        known=ids <= 1,
        ambiguous=ids == 1,
    )


def _examples() -> list[tuple[str, Outcome]]:
    kinds = (_PARTS_OF_SPEECH, _SPANS)
    return [(f"{name}, tags {tags}", _outcome(tags, _GOLD, p)) for tags in kinds for name, p in _PREDICTED.items()]


def _number(make: Make) -> None:
    metric = make()
    for name, outcome in _examples():
        score = metric(outcome)
        fits = score is None or (isinstance(score, float | int | np.number) and math.isfinite(score))
        require(fits, f"{name}: it gave {score!r}, not a finite number or None")


def _nothing(make: Make) -> None:
    for tags in (_PARTS_OF_SPEECH, _SPANS):
        score = make()(_outcome(tags, [], []))
        require(score is None or math.isfinite(score), f"no sentence, tags {tags}: it gave {score!r}")


def _same_again(make: Make) -> None:
    metric = make()
    for name, outcome in _examples():
        before = outcome.gold.copy(), outcome.predicted.copy()
        first, second = metric(outcome), metric(outcome)
        require(repr(first) == repr(second), f"{name}: asked twice, it gave {first!r} and {second!r}")
        unchanged = np.array_equal(before, (outcome.gold, outcome.predicted))
        require(unchanged, f"{name}: the outcome is not what it was before")


def _order(make: Make) -> None:
    metric = make()
    for tags in (_PARTS_OF_SPEECH, _SPANS):
        for name, predicted in _PREDICTED.items():
            straight, again = (metric(_outcome(tags, _GOLD, predicted)) for _ in range(2))
            if repr(straight) != repr(again):  # which is another promise
                continue
            turned = metric(_outcome(tags, _GOLD[::-1], predicted[::-1]))
            broken = f"{name}, tags {tags}: it gave {straight!r}, and {turned!r} with the sentences in turned order"
            require(_equal(straight, turned), broken)


def _equal(score: float | None, other: float | None) -> bool:
    """Whether two scores are one number, but for rounding, or both none."""
    return repr(score) == repr(other) or (score is not None and other is not None and math.isclose(score, other))


def _counts(make: Make) -> None:
    metric = make()
    if not isinstance(metric, Countable):
        return
    for name, outcome in _examples():
        whole, counts = metric(outcome), metric.counts(outcome)
        counted = None if counts is None else float(metric.score(counts.sum(0).astype(float)))
        require(_equal(counted, whole), f"{name}: it gave {whole!r}, and {counted!r} from its counts")


METRICS = (
    Promise("number-or-none", "gives a finite number, or None where it does not apply", _number),
    Promise("no-sentence", "copes with a test set without a sentence", _nothing),
    Promise("same-again", "gives the same number again, and modifies nothing", _same_again),
    Promise("order-does-not-matter", "does not depend on the order of sentences", _order),
    Promise("counts-agree", "gives what its counts give, if it has counts", _counts),
)
