"""Capabilities: what has the name of a protocol's method and cannot be called is no capability."""

from inspect import isfunction

import pytest

import seqbench
from seqbench import States, make
from seqbench.contracts.capability import Capability, has_methods

PROTOCOLS = [thing for name in seqbench.__all__ if type(thing := getattr(seqbench, name)) is Capability]


def members(protocol):
    return {name: member for name, member in vars(protocol).items() if not name.startswith("_")}


def with_members(protocol, method):
    """An object with the members of a protocol, and this in place of each method."""
    values = {name: method if isfunction(member) else () for name, member in members(protocol).items()}
    return type("Named", (), {**dict.fromkeys(protocol.__annotations__), **values})()


def test_what_a_tagger_can_do_beyond_the_two_methods_is_told_by_protocols():
    names = {protocol.__name__ for protocol in PROTOCOLS}
    assert {
        "Probabilistic",
        "Stepwise",
        "Saveable",
        "States",
        "Salient",
        "Reducible",
        "Exportable",
        "Untrained",
    } <= names


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.__name__)
def test_members_make_a_capability_and_hyperparameters_of_their_names_do_not(protocol):
    with_methods = with_members(protocol, lambda *_: None)
    assert isinstance(with_methods, protocol)
    named = with_members(protocol, 3)
    has_a_method = any(map(isfunction, members(protocol).values()))
    assert isinstance(named, protocol) is not has_a_method
    assert has_methods(named, protocol) is not has_a_method


def test_a_class_that_inherits_from_a_protocol_is_asked_as_any_class():
    class Mine(States):
        states = 3

    assert isinstance(Mine(), Mine)
    assert not isinstance(Mine(), States)


def test_a_model_with_a_hyperparameter_called_states_has_no_hidden_states():
    assert make("hmm").states == 220
    assert not isinstance(make("hmm"), States)
