"""From specs to models that can be built."""

import pytest
from samples import Constant, Seeded

import seqbench
from seqbench import hookimpl
from seqbench.errors import PluginError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import made_from, resolve
from seqbench.registry.specs import parse


class Samples:
    @hookimpl
    def register_taggers(self, register):
        register("constant", Constant, "")
        register("seeded", Seeded, "")
        register("absent", "no_such_package:Tagger", "")
        register("none", dict, "no tagger at all")


@pytest.fixture
def registry():
    registry = Registry()
    registry.add(Samples(), "samples")
    return registry


def test_the_canonical_spec_has_all_hyperparameters_and_builds_the_same_again(registry):
    model = resolve(registry, parse("seeded(rate=2)"))
    assert model.spec == "seeded(epochs=2, rate=2.0)"
    again = resolve(registry, parse(model.spec))
    assert (again.spec, again.build()) == (model.spec, model.build())


def test_the_spec_wins_over_extra_fields(registry):
    model = resolve(registry, parse("seeded(rate=2)"), {"rate": 3, "epochs": 5})
    assert model.fields == {"epochs": 5, "rate": 2.0}


def test_a_deterministic_tagger_is_known_as_such(registry):
    assert resolve(registry, parse("constant")).deterministic
    assert not resolve(registry, parse("seeded")).deterministic


def test_a_value_that_the_tagger_refuses_is_a_usage_error(registry):
    with pytest.raises(UsageError, match=r"rate must be positive, was: -1"):
        resolve(registry, parse("seeded(rate=-1)"))


def test_a_tagger_that_cannot_be_imported_is_a_model_whose_building_fails(registry):
    model = resolve(registry, parse("absent(width=3)"))
    assert model.spec == "absent(width=3)"
    with pytest.raises(PluginError, match="no_such_package"):
        model.build()


def test_what_lacks_fit_and_predict_is_no_tagger(registry):
    with pytest.raises(PluginError, match="lacks fit or predict"):
        resolve(registry, parse("none")).build()


def test_make_builds_from_the_plugins_of_the_run(registry):
    with made_from(registry):
        assert seqbench.make("constant(tag='V')") == Constant(tag="V")
    with pytest.raises(UsageError, match="no tagger is named 'constant'"):
        seqbench.make("constant")
