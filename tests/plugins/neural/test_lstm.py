"""The named settings of `lstm`."""

import pytest

from seqbench import make


def test_the_strong_preset_is_larger_and_learns_for_longer_and_what_is_given_beside_it_wins():
    plain, strong = make("lstm"), make("lstm(preset='strong', epochs=9)")
    assert strong.epochs == 9
    assert strong.hidden_dim > plain.hidden_dim
    assert make("lstm-crf(preset='strong')").epochs == 12
    assert make("lstm(preset='fast')").epochs < plain.epochs
    with pytest.raises(ValueError, match="is for specs"):
        type(plain)(preset="strong")
