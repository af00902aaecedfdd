"""Capabilities of taggers, told from their classes."""

from samples import Constant, Seeded

from seqbench.registry.capabilities import capabilities


class Everything:
    deterministic = True
    parameters = 3
    parts = ()
    notes = ()

    def __init__(self):
        raise AssertionError("no tagger is built")

    def fit(self, train, conditions): ...
    def predict(self, sentences): ...
    def predict_proba(self, sentences): ...
    def start(self): ...
    def step(self, state, form, layers=None): ...
    def save(self, folder): ...
    def load(self, folder): ...
    def warm_up(self, conditions): ...


def test_a_class_has_the_capabilities_whose_methods_it_has():
    assert capabilities(Seeded) == []
    assert capabilities(Constant) == ["the same for every seed"]
    assert set(capabilities(Everything)) == {
        "probabilities of tags",
        "tagging token by token",
        "saving and loading",
        "the same for every seed",
        "counts its parameters",
        "warms up",
        "is made of others",
        "has notes",
    }


def test_half_a_protocol_is_no_capability():
    class Half:
        def start(self): ...
        def save(self, folder): ...

    assert capabilities(Half) == []
