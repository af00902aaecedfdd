"""What a tagger is, asked of objects that inherit from nothing."""

import pytest
from samples import Constant, Seeded

from seqbench import (
    Composite,
    Conditions,
    Deterministic,
    Noted,
    Probabilistic,
    Saveable,
    Sized,
    Stepwise,
    Tagger,
    WarmsUp,
)
from seqbench.contracts.tagger import say_nothing


class Able(Seeded):
    parameters = 1
    parts = ("one",)
    notes = ()

    def predict_proba(self, sentences): ...
    def start(self): ...
    def step(self, state, form, layers=None): ...
    def save(self, folder): ...
    def load(self, folder): ...
    def warm_up(self, conditions): ...


def test_two_methods_make_a_tagger():
    assert isinstance(Seeded(), Tagger)
    assert not isinstance(dict(), Tagger)  # noqa: C408 -- an object without fit and predict


@pytest.mark.parametrize("protocol", [Probabilistic, Stepwise, Saveable, Sized, WarmsUp, Composite, Noted])
def test_a_further_protocol_is_recognised_by_its_methods(protocol):
    assert isinstance(Able(), protocol)
    assert not isinstance(Seeded(), protocol)


def test_a_deterministic_tagger_inherits_the_mark_or_has_the_attribute():
    assert isinstance(Constant(), Deterministic)
    assert not isinstance(Seeded(), Deterministic)
    tagger = Seeded()
    tagger.deterministic = True
    assert isinstance(tagger, Deterministic)


def test_outside_a_run_nothing_is_reported_and_nothing_stops_a_tagger():
    assert Conditions().report is say_nothing
    assert Conditions().report(epoch=1, loss=0.5) is False
    assert (Conditions().device, Conditions().seed, Conditions().threads, Conditions().dev) == ("cpu", 0, 1, None)


def test_conditions_cannot_be_changed():
    with pytest.raises(AttributeError):
        Conditions().seed = 1
