"""The simulation of `--until decided`, in small: few false differences, and fewer trials where there is one."""

import numpy as np
import pytest

from seqbench.comparing.interim_tests import over_looks
from seqbench.comparing.statistics.alpha_spending import Looks, looks_up_to
from seqbench.comparing.statistics.t_test_over_seeds import Learner, difference

ROUNDS = 3000
EFFECT = 1.4  # standard deviations of a seed: what ten seeds of each find in 80 %


@pytest.fixture
def simulation(truth):
    return truth("seeds_until_decided")


def learners(simulation, setting, scores, effect, seeds):
    resampled = [np.array([0.0, setting.text * np.sqrt(2)]), np.zeros(2)]
    return [Learner(scores=s[:seeds] + e, on_resampled=r)
            for s, e, r in zip(scores, (effect, 0.0), resampled, strict=True)]  # fmt: skip


def test_looks_keep_the_level_and_save_trials(simulation):
    setting = simulation.SETTINGS[0]
    scores = simulation.drawn(setting, ROUNDS, np.random.default_rng(3))
    assert simulation.fixed(setting, scores, EFFECT).found == pytest.approx(0.8, abs=0.03)
    equal, different, twice = (simulation.sequential(setting, scores, times * EFFECT) for times in (0, 1, 2))
    assert equal.found <= 0.05
    assert different.found >= 0.8
    assert different.trials <= 0.85 * 20
    assert twice.trials <= 0.5 * 20
    assert twice.found > 0.999


@pytest.mark.parametrize("number", [1, 3, 4, 8])
def test_all_rounds_at_once_are_decided_as_the_command_decides_each(simulation, number):
    setting = simulation.SETTINGS[number]
    scores = simulation.drawn(setting, 12, np.random.default_rng(number))
    decided, seeds = simulation.stops(setting, scores, 2.0)
    looks = Looks(looks_up_to(12))
    for n, each in enumerate(zip(*scores, strict=True)):
        p = {}
        for look in looks.planned:
            a, b = sorted(learners(simulation, setting, each, 2.0, look), key=lambda learner: -learner.scores.mean())
            p[look] = over_looks(a, b, simulation.UNITS, looks.up_to(look)).p
        first = next((look for look in looks.planned if p[look] <= 0.05), None)
        assert (first is not None, first or 12) == (decided[n], seeds[n])
    found = [difference(*learners(simulation, setting, each, 2.0, 10), simulation.UNITS).p <= 0.05
             for each in zip(*scores, strict=True)]  # fmt: skip
    assert np.mean(found) == simulation.fixed(setting, scores, 2.0).found
