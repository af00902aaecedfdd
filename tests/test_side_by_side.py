"""Work on several datasets at once: nobody can see it from the results."""

import threading

import pytest

from seqbench.cli import side_by_side as module
from seqbench.cli.side_by_side import side_by_side


def test_what_comes_out_is_in_the_order_of_what_went_in():
    assert side_by_side(lambda number: number * number, range(50)) == [number * number for number in range(50)]
    assert side_by_side(str, []) == []


def test_the_first_error_in_that_order_is_raised():
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda number: 1 // number if number != 2 else int("two"), [1, 0, 2, 3])


@pytest.mark.skipif(module._processors() < 2, reason="takes two processors")
def test_two_are_at_work_at_once():
    both = threading.Barrier(2, timeout=30)
    assert sorted(side_by_side(lambda _: both.wait(), range(2))) == [0, 1]
