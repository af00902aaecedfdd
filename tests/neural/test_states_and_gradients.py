"""Inside a network: states from which the tags follow, gradients that agree with differences."""

import numpy as np
import pytest
import torch
from few_sentences import CORPUS, SMALL, UNSEEN, fitted

from seqbench import Conditions, UsageError, learned, make

SPECS = [f"gru({SMALL})", f"lstm({SMALL}, layers=2)", f"cnn({SMALL})", f"transformer({SMALL}, heads=2)"]


@pytest.mark.parametrize("spec", SPECS)
def test_the_tags_follow_from_the_states(spec):
    tagger = fitted(make(spec))
    states = torch.from_numpy(tagger.states(UNSEEN))
    output = learned(tagger).scorer.network.output
    with torch.no_grad():
        table = output(states).softmax(1).numpy()
    assert np.allclose(table, tagger.predict_proba(UNSEEN), atol=1e-5)


def test_what_a_decision_leans_on_sums_to_one_and_lies_within_reach():
    sentence = UNSEEN[0:1]
    weights = fitted(make(f"feedforward({SMALL}, reach=1)")).saliency(sentence)
    assert weights.shape == (len(sentence.ids),) * 2
    assert np.allclose(weights.sum(1), 1)
    far = np.abs(np.subtract.outer(*[np.arange(len(weights))] * 2)) > 1
    assert (weights[far] == 0).all()


def test_before_training_a_network_has_the_weights_that_fit_began_with():
    tagger = make(f"gru({SMALL}, learning_rate=1e-30)")
    tagger.fit(CORPUS, Conditions(seed=5))
    before = tagger.untrained()
    assert np.allclose(before.predict_proba(UNSEEN), tagger.predict_proba(UNSEEN), atol=1e-6)
    other = make(f"gru({SMALL}, learning_rate=1e-30)")
    other.fit(CORPUS, Conditions(seed=6))
    assert not np.allclose(other.predict_proba(UNSEEN), tagger.predict_proba(UNSEEN), atol=1e-3)


def test_a_network_without_an_affine_map_says_so(monkeypatch):
    tagger = fitted(make(f"gru({SMALL})"))
    network = learned(tagger).scorer.network
    monkeypatch.setattr(network, "output", torch.nn.Identity())
    with pytest.raises(UsageError, match="ends in no affine map to the tags"):
        tagger.states(UNSEEN)
