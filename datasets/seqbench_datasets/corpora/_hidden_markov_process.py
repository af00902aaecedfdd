"""A hidden Markov process: sentences are drawn from it, and what can be known of their tags is computed exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Weights = Mapping[str, int]
Draw = Callable[[], float]


@dataclass(frozen=True)
class Process:
    """States with whole-number weights: `moves` from each to the next, `words` of each, the `tags` that they show.

    A sentence begins with a move from "START" and ends when "STOP" is reached. Its first word is capitalised.
    """

    tags: Mapping[str, str]
    moves: Mapping[str, Weights]
    words: Mapping[str, Weights]

    def sentence(self, draw: Draw) -> tuple[list[str], list[str]]:
        """Words and tags of one sentence, by two numbers from `draw` (0 <= x < 1) for each token."""
        words: list[str] = []
        tags: list[str] = []
        state = self._chosen("START", self.moves, draw)
        while state != "STOP":
            word = self._chosen(state, self.words, draw)
            words.append(word if words else capitalised(word))
            tags.append(self.tags[state])
            state = self._chosen(state, self.moves, draw)
        return words, tags

    def _chosen(self, state: str, weights: Mapping[str, Weights], draw: Draw) -> str:
        names, sums = self._tables[id(weights), state]
        return names[bisect_right(sums, int(draw() * sums[-1]))]

    @cached_property
    def _tables(self) -> dict[tuple[int, str], tuple[list[str], list[int]]]:
        return {
            (id(weights), state): (list(of_state), list(accumulate(of_state.values())))
            for weights in (self.moves, self.words)
            for state, of_state in weights.items()
        }

    @cached_property
    def states(self) -> list[str]:
        """All states that show a word."""
        return list(self.tags)

    @cached_property
    def _start(self) -> NDArray[np.float64]:
        return self._probabilities("START")

    @cached_property
    def _transitions(self) -> NDArray[np.float64]:
        return np.array([self._probabilities(state) for state in self.states])  # (states, states)

    @cached_property
    def _stop(self) -> NDArray[np.float64]:
        return np.array([self.moves[s].get("STOP", 0) / sum(self.moves[s].values()) for s in self.states])

    def _probabilities(self, state: str) -> NDArray[np.float64]:
        moves = self.moves[state]
        return np.array([moves.get(other, 0) for other in self.states]) / sum(moves.values())

    @cached_property
    def _emissions(self) -> dict[tuple[bool, str], NDArray[np.float64]]:
        """How probably each state shows a word, as the first of a sentence (True) and elsewhere: (states,) each."""
        table: dict[tuple[bool, str], NDArray[np.float64]] = {}
        for number, state in enumerate(self.states):
            total = sum(self.words[state].values())
            for word, weight in self.words[state].items():
                for key in ((False, word), (True, capitalised(word))):
                    table.setdefault(key, np.zeros(len(self.states)))[number] += weight / total
        return table

    def posteriors(self, words: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        """How probable each tag is at each token, given the whole sentence: (tokens,) each (forward-backward)."""
        shown = [self._emissions[position == 0, word] for position, word in enumerate(words)]
        forward, backward = [self._start * shown[0]], [self._stop]
        for emission in shown[1:]:
            step = (forward[-1] / forward[-1].sum()) @ self._transitions * emission
            forward.append(step)
        for emission in shown[:0:-1]:
            step = self._transitions @ (emission * backward[-1] / backward[-1].sum())
            backward.append(step)
        joint = np.array(forward) * np.array(backward[::-1])  # (tokens, states)
        joint /= joint.sum(1, keepdims=True)
        tags = dict.fromkeys(self.tags.values())
        return {tag: joint[:, [self.tags[state] == tag for state in self.states]].sum(1) for tag in tags}

    def ceiling(self, sentences: Sequence[Sequence[str]]) -> float:
        """The expected accuracy of the best tagger: the mean over tokens of the highest posterior."""
        best = [np.max(list(self.posteriors(words).values()), axis=0) for words in sentences]
        return float(np.concatenate(best).mean())


def capitalised(word: str) -> str:
    """The word as the first of a sentence."""
    return word[:1].upper() + word[1:]
