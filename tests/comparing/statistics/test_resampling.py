"""Random draws of signs, units and seeds, by their distribution."""

import numpy as np
import pytest

from seqbench.comparing.statistics.resampling import Draws


def test_signs_are_balanced_and_weights_are_draws_with_replacement():
    drawn = np.concatenate(list(Draws(5000, 1).signs(37)))
    assert drawn.shape == (5000, 37)
    assert set(np.unique(drawn)) == {-1, 1}
    assert abs(drawn.mean()) < 0.01
    assert np.abs(np.corrcoef(drawn.T) - np.eye(37)).max() < 0.07
    weighed = np.concatenate(list(Draws(5000, 1).weights(37)))
    assert (weighed.sum(1) == 37).all()
    assert weighed.var() == pytest.approx(36 / 37, rel=0.02)


def test_the_same_draws_come_out_for_everyone_who_asks_and_others_with_another_seed():
    for kind in ("signs", "weights"):
        one, two, other = (np.concatenate(list(getattr(Draws(50, seed), kind)(9))) for seed in (3, 3, 4))
        assert np.array_equal(one, two)
        assert not np.array_equal(one, other)


@pytest.mark.parametrize("seeds", [2, 3, 5])
def test_the_mean_over_drawn_seeds_varies_as_the_mean_over_all_should(seeds):
    scores = np.random.default_rng(seeds).normal(size=seeds)
    drawn = Draws(40_000).shares(seeds) @ scores
    assert drawn.mean() == pytest.approx(scores.mean(), abs=0.02)
    assert drawn.var() == pytest.approx(scores.var(ddof=1) / seeds, rel=0.05)


def test_a_single_seed_is_drawn_every_time():
    assert (Draws(7).shares(1) == 1).all()
