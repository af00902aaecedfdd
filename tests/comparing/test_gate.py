"""The gate for releases: a model of a new run that is worse than the one of its label in the old run."""

import pytest
from compared_runs import examined, store_of, two_datasets

from seqbench.comparing.gate import gate
from seqbench.results.listing import list_runs
from seqbench.results.store import Store


def gated(old, new):
    _, measured = examined([old, new])
    return gate(list_runs([old, new]), measured, old, new)


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    shares = {"old": 0.1, "same": 0.1, "bad": 0.3}
    return {name: store_of(folder / name, f"m=wrong(share={s})", "constant(tag='A')") for name, s in shares.items()}


def test_an_equal_and_a_better_run_pass(stores):
    assert gated(stores["old"], stores["same"]).passed
    assert gated(stores["bad"], stores["old"]).passed


def test_a_run_with_a_model_that_is_worse_fails_and_the_two_models_are_named(stores):
    result = gated(stores["old"], stores["bad"])
    assert not result.passed
    (worse,) = result.worse
    assert (worse.a.run, worse.a.label) == (str(stores["old"].folder), "m")
    assert (worse.b.run, worse.b.label) == (str(stores["bad"].folder), "m")
    assert worse.p_adjusted <= 0.05


def test_models_of_other_labels_are_not_held_against_each_other(tmp_path):
    old, new = store_of(tmp_path / "old", "good=wrong(share=0.01)"), store_of(tmp_path / "new", "bad=wrong(share=0.4)")
    assert gated(old, new).passed


def test_a_model_that_finished_in_the_old_run_only_is_worse_in_the_new_one(tmp_path):
    old, new = (Store(two_datasets(tmp_path / name)) for name in ("old", "new"))
    assert gated(old, new).passed
    next((tmp_path / "new").glob("trials/b-*.json")).unlink()
    result = gated(old, new)
    assert (result.passed, result.worse) == (False, [])
    assert [model.key.label for model in result.unfinished] == ["b"]
