"""Networks run by onnxruntime, against torch, in whole padded batches of uneven sentences."""

from dataclasses import dataclass

import numpy as np
import pytest
import torch
from exported import TINY, corpus, fitted, sentences
from torch import nn

from seqbench import Conditions, UsageError
from seqbench.neural import NeuralTagger
from seqbench.neural.onnx_session import missing_packages, session_of
from seqbench.neural.runtime_fields import RuntimeFields

SMALL = f"{TINY}, hidden_dim=8"
QUICK = [f"lstm-crf({SMALL}, characters='lstm')", f"mamba({SMALL})"]
OTHERS = [
    f"transformer({TINY}, hidden_dim=16)",
    f"rnn({SMALL}, layers=2, subwords=False)", f"gru({SMALL}, bidirectional=False)", f"cnn({SMALL}, crf=True)",
    f"feedforward({TINY})", f"mingru({SMALL})", f"minlstm({SMALL})",
]  # fmt: skip
LOOPS = [f"ssm({SMALL})", f"slstm({SMALL})"]
CHUNKS = [f"linear-attention({SMALL})", f"gated-delta({SMALL})", f"mlstm({SMALL})"]


def both(spec, words):
    """The probabilities of torch and of onnxruntime."""
    tagger = fitted(spec)
    return tagger.predict_proba(words), tagger.exported().predict_proba(words)


def test_two_thousand_uneven_sentences_have_the_same_probabilities():
    expected, exported = both(f"lstm({SMALL})", sentences(2000, 60, seed=1))
    assert len(expected) > 2000
    np.testing.assert_allclose(exported, expected, rtol=0, atol=1e-4)


@pytest.mark.parametrize("spec", [*QUICK, *(pytest.param(spec, marks=pytest.mark.slow) for spec in OTHERS)])
def test_networks_of_other_kinds_have_the_same_probabilities(spec):
    words = [*sentences(20, 40, seed=2), ["a"], [], ["unheard-of" * 9], ["a"] * 80]
    expected, exported = both(spec, words)
    np.testing.assert_allclose(exported, expected, rtol=0, atol=1e-4)


@pytest.mark.parametrize("spec", [*LOOPS, *(pytest.param(spec, marks=pytest.mark.slow) for spec in CHUNKS)])
def test_recurrences_become_loops_of_any_length_with_the_same_probabilities(spec):
    words = [*sentences(20, 40, seed=2), ["a"], [], ["a"] * 150]  # longer than two chunks
    expected, exported = both(spec, words)
    np.testing.assert_allclose(exported, expected, rtol=0, atol=1e-4)


class Loop(nn.Module):
    """Adds up what was read so far, in a loop over the tokens."""

    def __init__(self, shape):
        super().__init__()
        self.word = nn.Embedding(shape.words, shape.tags)

    def forward(self, batch):
        states = [self.word(batch.words[:, 0])]
        for step in range(1, batch.words.shape[1]):
            states.append(states[-1] + self.word(batch.words[:, step]))
        return torch.stack(states, 1)


@dataclass(kw_only=True)
class LoopTagger(NeuralTagger):
    def build(self, shape):
        return Loop(shape)


def test_a_loop_over_the_tokens_of_the_example_is_refused_before_training(monkeypatch):
    monkeypatch.setattr(LoopTagger, "trainer", lambda *_: pytest.fail("it was trained"))
    with pytest.raises(UsageError, match="for sentences of other lengths, as a loop over tokens in Python does"):
        LoopTagger(runtime="onnx").fit(corpus(), Conditions())


def test_packages_that_are_missing_are_named_with_their_extra(monkeypatch):
    assert missing_packages() == []
    network = fitted(f"cnn({SMALL})")._fitted
    monkeypatch.setattr("seqbench.neural.onnx_session.find_spec", lambda name: None if name == "onnx" else name)
    with pytest.raises(UsageError, match=r"^ONNX needs onnx: pip install 'seqbench\[onnx\]'$"):
        session_of(network)
    with pytest.raises(ValueError, match="runtime='onnx' needs onnx: pip install"):
        LoopTagger(runtime="onnx")
    assert LoopTagger().runtime == RuntimeFields.runtime == "torch"
