"""The simulation of gates, in small: equal models pass all of them, and much worse ones none."""

from dataclasses import replace

import numpy as np
import pytest


@pytest.fixture
def simulation(truth):
    return truth("gates")


def test_equal_models_pass_every_gate_and_much_worse_ones_none(simulation):
    shape, random = replace(simulation.SHAPES[0], sentences=150), np.random.default_rng(1)
    assert not any(simulation.failed(shape, simulation.Effect(), 1, random).values())
    worse = simulation.failed(shape, simulation.Effect(lost=0.3, sure=3, slow=2), 1, random)
    assert worse == dict.fromkeys(simulation.GATES, 1)
