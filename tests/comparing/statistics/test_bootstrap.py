"""Bootstrap distributions and their intervals, against scipy, numpy and counting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from simulated_counts import right_tokens, span_counts
from token_counts import of_tokens

from seqbench.comparing.statistics.bootstrap import Resampled, interval, resampled, summaries
from seqbench.comparing.statistics.resampling import Draws
from seqbench.scoring.sentence_counts import Counts, f1


@given(st.integers(0, 2**16))
@settings(max_examples=5, deadline=None)
def test_the_interval_of_accuracy_equals_scipy_s_bootstrap(seed):
    right, tokens = right_tokens(1, seed=seed)
    found = interval(resampled([of_tokens([right], tokens)], Draws())[0][0][:, 0])
    oracle = stats.bootstrap(
        (right[0], tokens), lambda r, t, axis=-1: r.sum(axis) / t.sum(axis), paired=True, vectorized=True,
        method="percentile", n_resamples=10_000, rng=np.random.default_rng(2),
    ).confidence_interval  # fmt: skip
    assert found == pytest.approx((oracle.low, oracle.high), abs=1e-3)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=60), st.sampled_from([0.5, 0.9, 0.95]))
def test_an_interval_is_that_between_numpy_s_quantiles(distribution, level):
    expected = np.quantile(distribution, [(1 - level) / 2, (1 + level) / 2])
    assert interval(np.array(distribution), level) == pytest.approx(tuple(expected), abs=1e-12)


def test_f1_is_recounted_from_each_resampled_test_set():
    model = span_counts(2)
    draws = Draws(300, 8)
    found = resampled([Counts((model[:1], model), f1)], draws)[0]
    weights = np.concatenate(list(draws.weights(200))).astype(int)
    for row, weight in enumerate(weights):
        chosen = np.repeat(np.arange(200), weight)
        right, predicted, gold = model[:, chosen].sum(1).T
        expected = 2 * right / (predicted + gold)
        assert found[1][row] == pytest.approx(expected)
        assert found[0][row, 0] == pytest.approx(expected[0])


@pytest.mark.parametrize("shares", [True, False], ids=["shares of one whole", "any metric"])
def test_the_summary_of_resampling_is_that_of_all_its_scores(shares):
    right, tokens = right_tokens(6)
    spans = span_counts(6, units=400)
    of_shares, of_spans = of_tokens([right[:3], right[3:4], right[1:]], tokens), Counts((spans[:2], spans[2:]), f1)
    counts, draws = of_shares if shares else of_spans, Draws(700, 4)
    assert (counts.whole is not None) == shares
    found, scores = Resampled.of(counts, draws), resampled([counts], draws)[0]
    for model, (of_seeds, real) in enumerate(zip(scores, counts.scores, strict=True)):
        drawn = draws.shares(len(real))
        assert found.models[:, model] == pytest.approx(of_seeds.mean(1), abs=1e-12)
        assert found.learners[:, model] == pytest.approx((of_seeds * drawn).sum(1), abs=1e-12)
        expected = np.var(of_seeds - real, axis=1, ddof=1).mean() if len(real) > 1 else 0
        assert found.by_text[model] == pytest.approx(expected, rel=1e-6)


def test_metrics_that_are_resampled_together_see_the_same_test_sets():
    right, tokens = right_tokens(4)
    one, other = of_tokens([right[:2], right[2:]], tokens), Counts((span_counts(3, units=400),), f1)
    together, draws = summaries([one, other], Draws(50)), Draws(50)
    for found, alone in zip(together, (Resampled.of(one, draws), Resampled.of(other, draws)), strict=True):
        assert found.models == pytest.approx(alone.models, abs=1e-12)


def test_a_resampled_test_set_without_a_token_has_none_right():
    counts = of_tokens([np.array([[0, 0, 3]])], np.array([0, 0, 4]))
    assert set(Resampled.of(counts, Draws(200)).models[:, 0]) == {0.0, 0.75}


def test_drawing_seeds_too_widens_the_interval_by_their_spread():
    right, tokens = right_tokens(5)
    right[0] = right[0] * 0.9
    found = Resampled.of(of_tokens([right], tokens), Draws())
    spread = (right.sum(1) / tokens.sum()).std(ddof=1)
    assert found.learners.var() == pytest.approx(found.models.var() + spread**2 / 5, rel=0.15)


def test_models_are_drawn_together_and_a_single_seed_pairs_with_all():
    right, tokens = right_tokens(3)
    same = Resampled.of(of_tokens([right, right, right[:1]], tokens), Draws(500)).learners
    assert np.array_equal(same[:, 0], same[:, 1])
    assert same[:, 2].mean() == pytest.approx(right[0].sum() / tokens.sum(), abs=1e-3)
