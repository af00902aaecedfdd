"""The simulation of `--until decided`, in small: few false differences, and fewer trials where there is one."""

import sys
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def simulation(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[3] / "benchmarks/truth"))
    import seeds_until_decided

    yield seeds_until_decided
    sys.modules.pop("seeds_until_decided", None)


def test_looks_keep_the_level_and_save_trials(simulation):
    setting, random = simulation.SETTINGS[0], np.random.default_rng(3)
    scores = simulation.drawn(setting, 80, random)
    effect = 1.4  # standard deviations of a seed: what ten seeds of each find in 80 %
    equal, different, twice = (simulation.sequential(setting, scores, times * effect) for times in (0, 1, 2))
    assert equal.found <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 80)
    assert different.found >= 0.8 - 3 * np.sqrt(0.8 * 0.2 / 80)
    assert different.trials < 0.9 * 20
    assert twice.found == 1.0
    assert twice.trials < 0.5 * 20
    assert simulation.fixed(setting, scores, effect).found == pytest.approx(0.8, abs=0.15)
