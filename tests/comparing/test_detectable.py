"""Detectable differences, against how often the printed test finds them in simulated models."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from token_counts import of_tokens

from seqbench.comparing.comparison import LEARNER, MODEL, Comparison, PairTest
from seqbench.comparing.detectable import detectable
from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.comparing.statistics.paired_tests import randomisation
from seqbench.comparing.statistics.resampling import Draws
from seqbench.results.model_names import ModelKey

DRAWS, TOKENS = Draws(400), 10


def made(parts, question=MODEL, difference=0.0, **further):
    a, b = ModelKey("run", "a"), ModelKey("run", "b")
    c = Comparison(a=a, b=b, dataset="d", question=question, test="t", difference=difference, p=0.5)
    return PairTest(c, Estimate(difference, parts), **further)


def drawn(random, units, gap):
    """Tokens that each of two models has right, drawn with a real difference: (2, units, TOKENS)."""
    chances = np.clip(random.normal(0.7, 0.1, units), 0, 1)
    hard = random.random((units, TOKENS))
    own = random.normal(0, 0.1, (2, units, TOKENS))
    return np.stack([hard + own[n] < chances[:, None] + sign * gap / 2 for n, sign in enumerate((1, -1))])


def by_units(right, units):
    apart = right.mean(2)[0] - right.mean(2)[1]
    part = Part(apart.var(ddof=1) / units, units - 1)
    return made((part,), difference=float(apart.mean()), unlike=float((right[0] != right[1]).mean()))


@pytest.mark.parametrize("units", [6, 12, 60])
def test_a_difference_of_the_size_that_is_said_is_found_in_about_eighty_of_a_hundred(units):
    """Also of six units, of which all have to say the same, and by whatever share answers differ."""
    random, rounds = np.random.default_rng(units), 250
    sizes = [detectable(by_units(drawn(random, units, 0), units), 0.05) for _ in range(rounds)]
    size = np.median([size for size in sizes if size])
    counts = [drawn(random, units, size).sum(2)[:, None] for _ in range(rounds)]
    tokens = np.full(units, TOKENS)
    found = [randomisation(of_tokens(list(right), tokens), [(0, 1)], DRAWS)[0] <= 0.05 for right in counts]
    assert 0.72 < np.mean(found) < 0.9


def test_the_part_by_the_text_grows_with_the_difference_where_few_answers_are_unlike():
    parts = (Part(1e-4, 1000),)
    few, many, unknown = (detectable(made(parts, unlike=unlike), 0.05) for unlike in (0.02, 0.5, None))
    assert few > 1.1 * many
    assert many == pytest.approx(unknown, rel=0.01)
    size = few
    assert size == pytest.approx(
        Estimate(0.0, (Part(1e-4 * np.hypot(0.02, size) / 0.02, 1000),)).detectable(0.05), rel=0.01
    )


def test_few_seeds_count_as_if_they_showed_the_median_of_what_they_might():
    size = detectable(made((Part(0.0, 1e9), Part(1.0, 2)), question=LEARNER), 0.05)
    assert size == pytest.approx(Estimate(0.0, (Part(1.0, 2),)).detectable(0.05) / np.sqrt(np.log(2)), rel=1e-3)


def test_two_seeds_count_by_the_root_of_the_median():
    part = Part(1.0, 1)
    size = detectable(made((Part(0.0, 1e9), part), question=LEARNER), 0.05)
    assert size == pytest.approx(Estimate(0.0, (part,)).detectable(0.05) / stats.chi2.ppf(0.5, 1) ** 0.25)


def test_so_few_units_that_no_exchange_is_rare_enough_find_nothing():
    assert detectable(made((Part(1.0, 4),)), 0.05) == float("inf")
    assert detectable(made((Part(0.0, 40),)), 0.05) is None
    assert detectable(replace(made(()), estimate=None), 0.05) is None
