"""Linear approximations of scores: derivatives by the weight of each sentence, and tests made of them."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score

from seqbench.comparing.statistics.linear_scores import Tokens, accuracies, mean_f1s, span_f1s, two_sided
from seqbench.comparing.statistics.paired_tests import randomisation
from seqbench.comparing.statistics.resampling import Draws
from seqbench.scoring.sentence_counts import Counts, accuracy

LENGTHS = [3, 1, 4, 2, 5]
STEP = 1e-6


@pytest.fixture
def tokens():
    random = np.random.default_rng(1)
    gold = random.integers(0, 3, sum(LENGTHS))
    sentence = np.repeat(np.arange(len(LENGTHS)), LENGTHS)
    return Tokens(gold, sentence, random.integers(0, 4, (2, len(gold))), len(LENGTHS), 5)


def slope(score, tokens, predicted, sentence):
    """The derivative of a score of scikit-learn by the weight of a sentence."""
    weights = 1 + STEP * (tokens.sentence == sentence)
    return (score(tokens.gold, predicted, weights) - score(tokens.gold, predicted, None)) / STEP


def of_sklearn(macro):
    def score(gold, predicted, weights):
        if not macro:
            return accuracy_score(gold, predicted, sample_weight=weights)
        labels = np.union1d(gold, predicted)
        return f1_score(gold, predicted, labels=labels, average="macro", zero_division=0, sample_weight=weights)

    return score


@pytest.mark.parametrize(("macro", "linear"), [(False, accuracies), (True, mean_f1s)], ids=["accuracy", "macro F1"])
def test_scores_are_those_of_scikit_learn_and_influences_their_derivatives(tokens, macro, linear):
    made, score = linear(tokens), of_sklearn(macro)
    for number, predicted in enumerate(tokens.predicted):
        assert made.scores[number] == pytest.approx(score(tokens.gold, predicted, None))
        slopes = [slope(score, tokens, predicted, sentence) for sentence in range(len(LENGTHS))]
        assert made.influence[number] == pytest.approx(slopes, abs=1e-5)


def test_the_f1_of_spans_is_that_of_the_sums_and_its_influences_are_derivatives():
    counts = np.array([[[1, 2, 2], [0, 1, 1], [2, 2, 3]]])
    made = span_f1s(counts)
    assert made.scores == pytest.approx([2 * 3 / (5 + 6)])
    right, predicted, gold = (counts[0].sum(0) + STEP * counts[0, 2]).tolist()
    assert made.influence[0, 2] == pytest.approx((2 * right / (predicted + gold) - made.scores[0]) / STEP, abs=1e-5)


def test_influences_of_units_are_sums_over_their_sentences(tokens):
    made = accuracies(tokens)
    assert made.by_unit(np.array([0, 2, 5])) == pytest.approx(
        np.stack([made.influence[:, :2].sum(1), made.influence[:, 2:].sum(1)], 1)
    )


def test_p_is_about_that_of_randomisation():
    random = np.random.default_rng(4)
    size = np.full(300, 10)
    right = random.binomial(10, [[0.9], [0.91]], (2, 300))
    counts = Counts(tuple(np.stack([row, size], -1)[None] for row in right), accuracy)
    exact = randomisation(counts, [(0, 1)], Draws())
    scores = right.sum(1) / 3000
    influence = (right - scores[:, None] * size) / 3000
    p = two_sided(np.array([scores[0] - scores[1]]), influence[:1] - influence[1:], 300)
    assert p == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize(("units", "decided"), [(5, False), (8, True)])
def test_few_units_that_differ_decide_nothing(units, decided):
    influence = np.zeros((1, 1000))
    influence[0, :units] = 0.001
    p = two_sided(influence.sum(1), influence, 1000)
    assert (p[0] <= 0.05) == decided


def test_a_single_unit_has_no_p():
    assert np.isnan(two_sided(np.array([0.5]), np.zeros((1, 1)), 1)).all()
