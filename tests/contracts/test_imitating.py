"""What makes a tagger one that can learn probabilities."""

from seqbench import Imitating, make


def test_networks_can_imitate_and_counts_cannot():
    assert isinstance(make("rnn"), Imitating)
    assert not isinstance(make("hmm"), Imitating)
