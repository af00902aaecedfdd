"""Sentences of a group's elements, where each token's tag is the product of all elements up to it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import permutations
from random import Random
from string import ascii_lowercase

from seqbench_datasets.probes._ceilings import Sight
from seqbench_datasets.probes._probe_dataset import Sentence

Element = tuple[int, ...]
"""A permutation: what stands at each place moves to the place that it holds."""


def symmetric_group(size: int) -> list[Element]:
    """All permutations of so many things, the one that changes nothing first."""
    return list(permutations(range(size)))


def product(first: Element, then: Element) -> Element:
    """One permutation after another."""
    return tuple(then[position] for position in first)


def sentence(group: Sequence[Element], length: int, random: Random) -> Sentence:
    """Elements drawn evenly, and their running product."""
    drawn = [random.choice(group) for _ in range(length)]
    reached, products = group[0], []
    for element in drawn:
        reached = product(reached, element)
        products.append(reached)
    return [_named(element) for element in drawn], [_named(element) for element in products]


def answers(position: int, sight: Sight, elements: int) -> Mapping[Hashable, float]:
    """Factor by which the product of the elements that are seen up to here has to be multiplied.

    Nothing if all elements before are seen; if one is hidden, by any element alike, whatever is seen.
    """
    nothing = 0
    return {nothing: 1} if sight.left >= position else dict.fromkeys(range(elements), 1 / elements)


def _named(element: Element) -> str:
    return "".join(ascii_lowercase[position] for position in element)
