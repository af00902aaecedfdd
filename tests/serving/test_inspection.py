"""Looking inside: distributions, steps, states, weights; and what a tagger cannot tell, it says."""

import math

import numpy as np
import pytest
from kept import WORDS, kept, loaded

from seqbench import UsageError
from seqbench.serving.inspection import Inspected, chance_loss, states


def inspected(spec, folder):
    model = loaded(kept(spec, folder))
    return Inspected(model.record.label, model.tagger, model.encoder)


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    return inspected("lstm-tutorial(epochs=5)", tmp_path_factory.mktemp("models") / "tutorial")


def test_word_by_word_is_as_all_at_once(network):
    assert np.allclose(network.by_steps(WORDS[0]), network.probabilities(WORDS[0]), atol=1e-6)


def test_logarithms_are_those_of_the_probabilities(network):
    assert np.allclose(np.exp(network.log_probabilities(WORDS[0])).sum(1), 1)
    assert network.log_probabilities(WORDS[0]).shape == (5, 3)


def test_each_word_has_a_state_and_leans_on_no_later_word(network):
    assert network.states(WORDS[0]).shape == (5, 6)
    assert states(network.tagger, network.encoder.encode(WORDS[:2])).shape == (9, 6)
    weights = network.saliency(WORDS[0])
    assert np.allclose(weights, np.tril(weights))
    assert np.allclose(weights.sum(1), 1)


def test_before_training_all_is_about_chance(network):
    before = network.untrained().log_probabilities(WORDS[0])
    assert before.mean() == pytest.approx(-chance_loss(3), abs=0.3)
    assert chance_loss(3) == math.log(3)


def test_a_tagger_that_cannot_tell_says_so(tmp_path):
    baseline = inspected("baseline", tmp_path / "model")
    assert baseline.predicted(["The", "dog"]) == ["DET", "NN"]
    for ask in (baseline.probabilities, baseline.states, baseline.saliency, lambda _words: baseline.untrained()):
        with pytest.raises(UsageError, match="baseline (has no|cannot)"):
            ask(WORDS[0])
