"""Search for the hardest level that a model masters."""

import pytest

from seqbench.running.difficulty_search import next_level


def tried(levels, last, expected=None):
    """The levels in the order in which they are tried, of a model that masters all up to one."""
    near = {}
    while (level := next_level(levels, near, expected)) is not None:
        near[level] = level <= last
    return list(near)


@pytest.mark.parametrize("levels", range(1, 12))
def test_whatever_a_model_masters_both_the_last_level_and_the_next_are_tried(levels):
    for last in range(-1, levels):
        for expected in (None, *range(-1, levels)):
            order = tried(levels, last, expected)
            assert {level for level in (last, last + 1) if 0 <= level < levels} <= set(order)
            assert len(order) <= levels.bit_length() + 2 + (levels if expected is not None else 0)


def test_levels_are_climbed_in_steps_that_double_then_bisected():
    assert tried(8, 7) == [1, 3, 7]
    assert tried(8, 4) == [1, 3, 7, 5, 4]
    assert tried(8, -1) == [1, 0]
    assert tried(5, 4) == [1, 3, 4]


def test_another_seed_is_confirmed_with_its_neighbour():
    assert tried(8, 2, expected=2) == [2, 3]
    assert tried(8, -1, expected=-1) == [0]
    assert tried(8, 7, expected=7) == [7]
