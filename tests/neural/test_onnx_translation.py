"""The ONNX file of a network: its inputs, and what is said of a network that has none."""

import numpy as np
import onnx
import pytest
import torch
from exported import TINY, fitted, sentences
from torch import nn

from seqbench import UsageError
from seqbench.neural.onnx_translation import tensors_of, translated


@pytest.fixture(scope="module")
def batch():
    network = fitted(f"cnn({TINY})")._fitted
    return network.encode(network.vocabularies.encode(sentences(4, 9))).batch(np.arange(4))


class Sum(nn.Module):
    def forward(self, batch):
        return batch.mask.unsqueeze(2) * batch.forms.affixes[batch.forms.index].float()


class Determinant(nn.Module):
    def forward(self, batch):
        return torch.complex(batch.words.float(), batch.words.float()).unsqueeze(2).angle()


def test_the_inputs_are_those_of_a_batch_without_what_follows_from_them(batch):
    graph = onnx.load_from_string(translated(Sum(), batch)).graph
    assert [one.name for one in graph.output] == ["scores"]
    assert {one.name for one in graph.input} <= {
        "lengths", "index", "words", "cased", "affixes", "characters"
    } == set(tensors_of(batch))  # fmt: skip


def test_a_network_that_cannot_be_translated_is_refused_in_one_sentence(batch, capfd):
    with pytest.raises(UsageError, match="^the network cannot be exported to ONNX: .*complex.*") as refused:
        translated(Determinant(), batch)
    assert "\n" not in str(refused.value)
    assert capfd.readouterr().out == ""
