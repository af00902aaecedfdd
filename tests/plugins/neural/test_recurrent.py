"""Recurrent taggers: the layers that fields ask for, and the directions they read in."""

import numpy as np
import pytest
from few_sentences import CORPUS, SMALL, UNSEEN, fitted
from torch import nn

from seqbench import SeqbenchError, make
from seqbench.neural import Shape
from seqbench_plugins.neural.gru import GRUTagger
from seqbench_plugins.neural.lstm import LSTMTagger
from seqbench_plugins.neural.lstm_crf import LSTMCRFTagger
from seqbench_plugins.neural.rnn import RNNTagger


@pytest.mark.parametrize(
    ("kind", "cell"), [(RNNTagger, nn.RNN), (GRUTagger, nn.GRU), (LSTMTagger, nn.LSTM), (LSTMCRFTagger, nn.LSTM)]
)
def test_each_tagger_has_its_cell_in_both_directions_of_every_layer(kind, cell):
    network = kind(layers=2, hidden_dim=6, embedding_dim=4).build(Shape.of(CORPUS))
    assert [type(layer.forwards) for layer in network.layers] == [type(layer.backwards) for layer in network.layers]
    assert {type(layer.forwards) for layer in network.layers} == {cell}
    assert [layer.forwards.input_size for layer in network.layers] == [network.features.width, 12]
    assert network.output.in_features == 12


def test_one_direction_has_no_second_reader():
    network = GRUTagger(bidirectional=False, hidden_dim=6).build(Shape.of(CORPUS))
    assert network.layers[0].backwards is None
    assert network.output.in_features == 6


def test_lstm_crf_is_lstm_whose_tags_are_chosen_together():
    other, same = (fitted(make(f"{spec}, {SMALL})")) for spec in ("lstm-crf(crf=True", "lstm(crf=True"))
    assert LSTMCRFTagger().crf
    assert not LSTMTagger().crf
    assert np.array_equal(other.predict_proba(UNSEEN), same.predict_proba(UNSEEN))


@pytest.mark.parametrize("field", ["embedding_dim=0", "hidden_dim=0", "layers=0", "dropout=1.0"])
def test_what_cannot_be_is_refused(field):
    with pytest.raises(SeqbenchError, match=f"{field.partition('=')[0]} must be .*, was: "):
        make(f"rnn({field})")
