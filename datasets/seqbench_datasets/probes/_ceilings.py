"""The best accuracy of taggers that see a part of each sentence, computed from what a probe says of every position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from seqbench import Ceilings


@dataclass(frozen=True)
class Sight:
    """How many tokens a tagger sees to the left and to the right of the one that it tags."""

    left: float
    right: float


Answers = Callable[[int, int, Sight], Mapping[Hashable, float]]
"""For a sentence's length, a position and a sight: how probable each answer is, given what is seen.

An answer is a tag, or how the tag follows from what is seen. Answers must be the same question for all positions which
look the same, and their probabilities must not hang on which words are seen.
"""

ANY = Sight(inf, inf)
LEFT_TO_RIGHT = Sight(inf, 0)


def ceilings_of(lengths: Sequence[int], answers: Answers, windows: Iterable[int]) -> Ceilings:
    """The ceilings of sentences with these lengths, each as often as it is listed."""
    return Ceilings(
        any=expected_accuracy(lengths, answers, ANY),
        left_to_right=expected_accuracy(lengths, answers, LEFT_TO_RIGHT),
        window={size: expected_accuracy(lengths, answers, Sight(size, size)) for size in windows},
    )


def expected_accuracy(lengths: Sequence[int], answers: Answers, sight: Sight) -> float:
    """The expected share of tokens that the best tagger of this sight has right.

    Positions look the same where as much of the sentence's begin and end is seen from them; the best tagger gives to
    all of these the answer that is the most probable over them together.
    """
    alike: dict[Hashable, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
    for length in lengths:
        for position in range(length):
            after = length - 1 - position
            ends = position if position < sight.left else None, after if after < sight.right else None
            for answer, probability in answers(length, position, sight).items():
                alike[ends][answer] += probability
    return sum(max(shares.values()) for shares in alike.values()) / sum(lengths)
