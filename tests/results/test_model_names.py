"""Who a model is: a value, with a display name that no other model has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqbench.errors import UsageError
from seqbench.results.model_names import ModelKey, distinct_names, key_named, pooled_keys

PART = st.sampled_from(["a", "b", "a/b", "r2"])
KEYS = st.lists(st.builds(ModelKey, st.lists(PART, min_size=1, max_size=3).map(lambda p: "/" + "/".join(p)), PART))


def test_one_run_needs_no_more_than_labels():
    keys = [ModelKey("/work/runs/first", label) for label in ("small", "large")]
    assert list(distinct_names(keys).values()) == ["small", "large"]


def test_the_shortest_part_of_the_path_that_tells_runs_apart_stands_before_the_label():
    one, two, three = (ModelKey(f"/work/{run}", "m") for run in ("one/r2", "two/r2", "two/r3"))
    assert distinct_names([one, three]) == {one: "r2/m", three: "r3/m"}
    assert distinct_names([one, two, three]) == {one: "one/r2/m", two: "two/r2/m", three: "r3/m"}


@given(KEYS)
def test_no_two_models_have_one_name(keys):
    names = distinct_names(keys)
    assert set(names) == set(keys)
    assert len(set(names.values())) == len(names)


def test_a_model_is_found_by_its_name_or_by_a_label_that_no_other_has():
    old, new, other = ModelKey("/r/old", "m"), ModelKey("/r/new", "m"), ModelKey("/r/new", "n")
    names = distinct_names([old, new, other])
    assert key_named("new/m", names) == new
    assert key_named("n", names) == other
    with pytest.raises(UsageError, match="2 models are labelled 'm'; name one of them: old/m, new/m"):
        key_named("m", names)
    with pytest.raises(UsageError, match=r"no model of this run is named 'new/x'. Did you mean 'new/m'\?"):
        key_named("new/x", names)


def test_runs_on_different_data_are_about_one_model_if_label_and_spec_are_the_same():
    first, second = ModelKey("/r/1", "m"), ModelKey("/r/2", "m")
    assert pooled_keys([(first, "d1", "m(a=1)"), (second, "d2", "m(a=1)")]) == {first: first, second: first}
    assert pooled_keys([(first, "d1", "m(a=1)"), (second, "d2", "m(a=2)")]) == {first: first, second: second}
    assert pooled_keys([(first, "d1", "m(a=1)"), (second, "d1", "m(a=1)")]) == {first: first, second: second}
