"""Protocols of taggers that can be looked into."""

import pytest

from seqbench import Demonstrates, Salient, States, StepLosses, Untrained, make


@pytest.mark.parametrize("protocol", [Demonstrates, Salient, States, StepLosses, Untrained])
def test_the_tagger_of_the_tutorial_can_be_looked_into(protocol):
    assert isinstance(make("lstm-tutorial"), protocol)
    assert not isinstance(make("baseline"), protocol)
