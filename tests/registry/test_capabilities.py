"""Capabilities of taggers, told from their classes."""

from dataclasses import dataclass, field

import pytest
from samples import Constant, Seeded

from seqbench.registry.capabilities import capabilities
from seqbench.registry.discovery import Registry


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


def test_of_a_function_the_tagger_that_it_makes_tells():
    class Sure:
        def predict_proba(self, sentences): ...

    def made(*, rate=1.0):
        return Sure() if rate else None

    def asked(*, rate):
        return made(rate=rate)

    assert capabilities(made) == ["probabilities of tags"]
    assert capabilities(asked) == []


def test_half_a_protocol_is_no_capability():
    class Half:
        def start(self): ...
        def save(self, folder): ...

    assert capabilities(Half) == []


def test_a_hyperparameter_with_the_name_of_a_method_is_no_capability():
    class Named:
        start: int = 0
        step: int = 1
        predict_proba: bool = True

    assert capabilities(Named) == []


def test_texts_that_a_class_learned_from_are_named_and_a_field_for_them_is_a_capability_too():
    @dataclass(kw_only=True)
    class ByField:
        trained_on: list[str] = field(default_factory=list)

    class Informed:
        trained_on = ("wikipedia", "news")

    assert capabilities(ByField) == ["names other texts that it learned from"]
    assert capabilities(Informed) == ["learned from other texts too (wikipedia, news)"]
    assert "names other texts that it learned from" in capabilities(Registry.discover().tagger("pretrained").load())


class Asked(Everything):
    """Says why it cannot tag token by token, if its hyperparameters are such."""

    def __init__(self, *, reason=""):
        self.reason = reason

    def looks_ahead(self):
        return self.reason


def test_who_looks_ahead_with_the_default_hyperparameters_says_so():
    class Never(Asked):
        def looks_ahead(self):
            return "it reads from the end"

    class Needy(Asked):
        def __init__(self, *, reason):
            super().__init__(reason=reason)

    assert "tagging token by token" in capabilities(Asked)
    assert "tagging token by token" not in capabilities(Never)
    assert capabilities(Never)[-1] == "but not tagging token by token (it reads from the end)"
    assert "(its hyperparameters decide: TypeError: " in capabilities(Needy)[-1]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("cnn", "looks at the words to the right"), ("lstm", "bidirectional=True"), ("lstm-tutorial", None)],
)
def test_networks_tell_whether_they_look_ahead(name, reason):
    able = capabilities(Registry.discover().tagger(name).load())
    assert ("tagging token by token" in able) is (reason is None)
    assert reason is None or f"{reason}" in able[-1]
