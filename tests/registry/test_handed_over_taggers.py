"""Taggers handed over in Python: factories under any label, and a way out for what is none."""

import pytest
from samples import Constant, Seeded
from sklearn.tree import DecisionTreeClassifier

from seqbench import hookimpl
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.handed_over_taggers import hand_over
from seqbench.registry.models import resolve


class Installed:
    @hookimpl
    def register_taggers(self, register):
        register("constant", Constant, "installed")


@pytest.fixture
def registry():
    registry = Registry()
    registry.add(Installed(), "installed")
    return registry


def built(registry, specs, label):
    return resolve(registry, specs[label]).build()


def test_a_class_or_another_factory_builds_new_taggers(registry):
    specs = hand_over({"a class": Seeded, "a function": lambda: Constant(tag="V")}, registry)
    assert list(specs) == ["a class", "a function"]
    assert isinstance(built(registry, specs, "a class"), Seeded)
    assert built(registry, specs, "a function") == Constant(tag="V")
    assert built(registry, specs, "a class") is not built(registry, specs, "a class")


@pytest.mark.parametrize("label", ["constant", "big model (new)", "a=b", "x, y", "()"])
def test_a_label_may_be_any_text_also_the_name_of_an_installed_tagger(registry, label):
    specs = hand_over({label: lambda: Constant(tag="mine")}, registry)
    assert specs[label].label == label
    assert built(registry, specs, label) == Constant(tag="mine")
    assert resolve(registry, specs[label]).entry.plugin.once
    assert registry.tagger("constant").load() is Constant


def test_objects_of_two_calls_are_told_apart(registry):
    first, second = (hand_over({"mine": Constant}, Registry()) for _ in range(2))
    assert first == second
    once = []
    for _ in range(2):
        other = Registry()
        once.append(resolve(other, hand_over({"mine": Constant}, other)["mine"]).entry.plugin.once)
    assert once[0] != once[1]


@pytest.mark.parametrize(
    ("thing", "why"),
    [
        (Constant(), r"must be a class or another factory: write lambda: Constant\(\.\.\.\)"),
        (lambda tag: Constant(tag=tag), "must need no arguments: write lambda"),
        (
            DecisionTreeClassifier(),
            r"is an estimator, no tagger; .*lambda: PerToken\(DecisionTreeClassifier\(\.\.\.\)\)",
        ),
        (DecisionTreeClassifier, "is an estimator, no tagger; wrap it with seqbench.adapters"),
    ],
)
def test_what_is_no_factory_is_answered_with_the_way_out(registry, thing, why):
    with pytest.raises(UsageError, match=f"model 'mine' {why}"):
        hand_over({"mine": thing}, registry)


def test_nothing_is_registered_for_no_models(registry):
    assert hand_over({}, registry) == {}
    assert set(registry.plugins) == {"installed"}
