"""The learning rate of each step."""

import math

from seqbench.neural import Schedule


def test_the_learning_rate_rises_then_falls_and_small_corpora_are_repeated():
    schedule = Schedule(epochs=2, batches=5, learning_rate=1.0, min_steps=100)
    assert (schedule.passes, schedule.steps) == (10, 100)
    rates = [schedule.rate(step) for step in range(100)]
    assert max(rates) <= 1.0
    assert rates.index(max(rates)) == 9
    assert math.isclose(rates[0], 0.1)
    assert 0 < rates[-1] < 0.02
    assert Schedule(epochs=6, batches=200, learning_rate=1.0, min_steps=300).passes == 1


def test_a_constant_rate_neither_rises_nor_falls():
    schedule = Schedule(epochs=3, batches=4, learning_rate=0.5, course="constant")
    assert schedule.steps == 12
    assert {schedule.rate(step) for step in range(12)} == {0.5}


def test_the_share_of_steps_in_which_the_rate_rises_can_be_set():
    rates = [Schedule(epochs=1, batches=20, learning_rate=1.0, rising=0.5).rate(step) for step in range(20)]
    assert rates.index(max(rates)) == 9
    assert math.isclose(rates[0], 0.1)
