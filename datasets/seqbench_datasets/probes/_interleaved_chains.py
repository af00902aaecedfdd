"""Hidden chains of tags that take turns, so that a token's tag depends on the one `order` tokens before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

import numpy as np
from numpy.typing import NDArray

from seqbench_datasets.probes._probe_dataset import Sentence, letters

TAGS = "ADJ", "NOUN", "PREP", "VERB"
_FOLLOWS = 0.8  # how often the next tag of the list follows; each of the others follows as often as the others
_WORDS = 20

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Chains:
    """A hidden Markov process of this order; a word is one that two tags have with probability `share`.

    Every tag begins a chain as often as the others, and stays as frequent at every position: what stands out of sight
    tells nothing.
    """

    share: float
    order: int

    @cached_property
    def transitions(self) -> Numbers:
        """How probably each tag (column) follows each (row)."""
        others = (1 - _FOLLOWS) / (len(TAGS) - 1)
        table = np.full((len(TAGS), len(TAGS)), others)
        table[np.arange(len(TAGS)), np.roll(np.arange(len(TAGS)), -1)] = _FOLLOWS
        return table

    @cached_property
    def words(self) -> dict[str, Numbers]:
        """How probably each tag shows each word, (tags,) each; weights fall with rank as in Zipf's law."""
        zipf = 1 / np.arange(1, _WORDS + 1)
        table: dict[str, Numbers] = {}
        for first, tag in enumerate(TAGS):
            second = (first + 1) % len(TAGS)
            own, both = np.eye(len(TAGS))[first], np.eye(len(TAGS))[[first, second]].sum(0) / 2
            for number, weight in enumerate(zipf / zipf.sum()):
                table[f"{tag.lower()}-{letters(number)}"] = (1 - self.share) * weight * own
                table[f"{tag.lower()}-{TAGS[second].lower()}-{letters(number)}"] = self.share * weight * both
        return table

    def sentence(self, length: int, random: Random) -> Sentence:
        """A sentence of so many tokens."""
        states: list[int] = []
        for position in range(length):
            before = states[position - self.order] if position >= self.order else None
            states.append(random.randrange(len(TAGS)) if before is None else _drawn(self._moves[before], random))
        names = list(self.words)
        return [names[_drawn(self._shown[state], random)] for state in states], [TAGS[state] for state in states]

    def posteriors(self, words: Sequence[Sequence[str]], left: int, right: int) -> Numbers:
        """How probable each tag is at each token, given so many tokens to its left and right: (tokens, tags).

        Forwards and backwards within each token's own sight, for all tokens at once.
        """
        shown = np.array([self.words[word] for sentence in words for word in sentence])  # (tokens, tags)
        before = np.concatenate([np.arange(len(sentence)) for sentence in words])
        after = np.concatenate([np.arange(len(sentence))[::-1] for sentence in words])
        forward = _messages(shown, before, -self.order, left, self.transitions)
        backward = _messages(shown, after, self.order, right, self.transitions.T)
        joint: Numbers = forward * shown * backward
        joint /= joint.sum(1, keepdims=True)
        return joint

    def expected_accuracy(self, words: Sequence[Sequence[str]], left: int, right: int) -> float:
        """The accuracy on these sentences that the best tagger of this sight can expect."""
        return float(self.posteriors(words, left, right).max(1).mean())

    @cached_property
    def _moves(self) -> list[list[float]]:
        return [list(accumulate(row)) for row in self.transitions.tolist()]

    @cached_property
    def _shown(self) -> list[list[float]]:
        return [list(accumulate(row)) for row in np.array(list(self.words.values())).T.tolist()]


def _messages(shown: Numbers, available: NDArray[np.int64], step: int, reach: int, transitions: Numbers) -> Numbers:
    """Evidence of the tokens on one side for each token's tag, up to a factor: (tokens, tags).

    `available` is how many tokens stand on that side, `step` the way from one token of a chain to the next.
    """
    messages = np.ones_like(shown)
    tokens = np.arange(len(shown))
    distances = range(abs(step), min(reach, int(available.max(initial=0))) + 1, abs(step))
    for distance in reversed(distances):
        far = tokens[available >= distance]
        near = messages[far] * shown[far + distance * (1 if step > 0 else -1)]
        messages[far] = (near / near.sum(1, keepdims=True)) @ transitions
    return messages


def _drawn(sums: Sequence[float], random: Random) -> int:
    return min(bisect_right(sums, random.random() * sums[-1]), len(sums) - 1)
