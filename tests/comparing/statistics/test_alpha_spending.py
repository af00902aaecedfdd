"""Levels of looks add up to that of one test, by simulation and by hand."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.alpha_spending import Looks, at_look, looks_up_to, nominal_levels
from seqbench.comparing.statistics.estimate import Estimate, Part


def test_looks_are_at_each_seed_up_to_twelve_and_then_at_a_fifth_more():
    assert looks_up_to(4) == (4,)
    assert looks_up_to(12) == tuple(range(4, 13))
    assert looks_up_to(20) == (*range(4, 13), 15, 18, 20)


def test_a_walk_that_goes_nowhere_is_stopped_as_often_as_is_spent():
    looks = looks_up_to(12)
    (levels,) = nominal_levels(looks, np.array([0.05]))
    walk = np.random.default_rng(1).standard_normal((100_000, 12)).cumsum(1)
    distances = np.abs(walk[:, np.array(looks) - 1]) / np.sqrt(looks)
    ever = (distances > stats.norm.isf(levels / 2)).cumsum(1) > 0
    assert ever.mean(0) == pytest.approx(0.95 * 0.05 * np.array(looks) / 12, abs=0.002)


def test_a_single_look_takes_the_level_but_for_what_is_kept_back_for_few_seeds():
    assert nominal_levels([4], np.array([0.05, 0.01]))[:, 0] == pytest.approx([0.0475, 0.0095])


def test_p_over_all_looks_is_the_level_at_which_one_of_them_rejects():
    looks, planned = Looks(looks_up_to(12)), looks_up_to(12)
    for level in (0.001, 0.02, 0.05):
        (nominal,) = nominal_levels(planned, np.array([level]))
        assert looks.overall_p({4: 1.0, 7: nominal[3]}) == pytest.approx(level, rel=0.01)
        assert looks.share(7, level) * level == pytest.approx(nominal[3], rel=0.01)
    assert looks.overall_p({4: 0.0, 5: 1.0}) < 1e-9
    assert looks.overall_p({}) == looks.overall_p({4: 1.0}) == 1.0


def test_the_seeds_of_a_look_have_one_degree_of_freedom_less_than_welch():
    first, second = np.array([3.0, 5.0, 4.0, 9.0]), np.array([1.0, 2.0, 2.5, 1.5])
    parts = [Part(float(scores.var(ddof=1)) / 4, 3) for scores in (first, second)]
    no_text = Part(0.0, 300)
    estimate = at_look(float(first.mean() - second.mean()), no_text, parts)
    welch = stats.ttest_ind(first, second, equal_var=False)
    assert estimate.value / estimate.error == pytest.approx(welch.statistic)
    assert parts[0].variance > 0.8 * sum(part.variance for part in parts)
    assert estimate.parts[1].freedom == pytest.approx(welch.df - 1.25)
    assert at_look(1.0, no_text, [Part(1.0, 3), Part(1.0, 3)]).parts[1].freedom == 5
    assert at_look(1.0, no_text, [Part(1.0, 3)]).parts[1].freedom == 2.5
    assert at_look(1.0, no_text, [Part(0.0, 3)]).p == 0.0


def test_a_text_that_is_known_well_lends_nothing_to_few_seeds():
    """Else a small variance by seeds, small by chance, would count as that of many: 6 in 100 equal pairs told apart."""
    text, seeds = Part(1.0, 999), Part(1.0, 3)
    found = at_look(3.0, text, [seeds])
    assert found.parts == (text, Part(1.0, 2.5))
    assert found.p > Estimate(3.0, (Part(2.0, 10.9),)).p
