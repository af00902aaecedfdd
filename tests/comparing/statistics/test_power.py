"""The smallest difference that can be found, against simulation."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.paired_tests import randomisation
from seqbench.comparing.statistics.power import smallest_detectable
from seqbench.comparing.statistics.resampling import Draws
from seqbench.scoring.sentence_counts import of_tokens

RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize("freedom", [4, 8, 60, np.inf])
def test_the_smallest_detectable_difference_is_found_in_eighty_of_a_hundred(freedom):
    random = np.random.default_rng(1)
    error = 1.0 if np.isinf(freedom) else np.sqrt(random.chisquare(freedom, 200_000) / freedom)
    seen = random.normal(smallest_detectable(1.0, freedom), 1, 200_000) / error
    assert np.mean(np.abs(seen) > stats.t.ppf(0.975, freedom)) == pytest.approx(0.8, abs=0.015)


def test_the_smallest_detectable_difference_is_one_for_the_randomisation_test():
    units, rounds = 300, 300
    shift = smallest_detectable(20.0 / units**0.5)
    noise = RANDOM.normal(shift, 20, (rounds, 1, units)).round().astype(int)
    counts = of_tokens([np.full((1, units), 1000), *(1000 + noise)], np.full(units, 2000))
    found = randomisation(counts, [(number, 0) for number in range(1, rounds + 1)], Draws(2000))
    assert 0.73 < np.mean(found <= 0.05) < 0.87
