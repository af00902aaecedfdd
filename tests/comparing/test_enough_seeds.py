"""When a run has enough seeds: decided, narrow enough, or past help."""

from dataclasses import replace

import numpy as np
import pytest
from compared_runs import CORPUS, registry_to_compare

from seqbench import Dataset
from seqbench.comparing.enough_seeds import Enough
from seqbench.errors import UsageError
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run


def plan_until(rule, *specs, data=None):
    registry = registry_to_compare()
    models = [resolve(registry, parse(spec)) for spec in specs]
    return registry, Plan([data or Dataset.of("data", train=CORPUS, test=CORPUS)], models, rule.looks[-1], until=rule)


def seeds_of(folder, rule, *specs, data=None):
    """The number of seeds of each model, and what was noted."""
    notes = []
    registry, plan = plan_until(rule, *specs, data=data)
    store = Store.create(folder)
    run(plan, registry, store, notes.append)
    return {row.key.label: len(row.seeds) for row in read([store]).rows}, notes


def test_a_clear_difference_takes_the_first_look_only(tmp_path):
    seeds, notes = seeds_of(tmp_path / "r", Enough(), "wrong", "b=wrong(share=0.3)", "constant(tag='A')")
    assert seeds == {"wrong": 4, "b": 4, "constant(tag='A')": 1}
    assert notes == ["4 of at most 12 seeds are enough (--until decided)"]


def test_models_that_are_alike_take_the_most_and_models_that_are_decided_take_no_more(tmp_path):
    seeds, notes = seeds_of(
        tmp_path / "r", Enough(most=6), "a=wrong(share=0.2)", "b=wrong(share=0.201)", "c=wrong(share=0.05)"
    )
    assert seeds == {"a": 6, "b": 6, "c": 4}
    assert notes[-1].startswith("after 6 seeds, the most: ")
    assert notes[-1].endswith(" on data are not told apart")


def test_only_pairs_with_the_model_that_all_are_compared_with_need_seeds(tmp_path):
    rule = Enough.of("decided", 6, "c")
    seeds, _ = seeds_of(tmp_path / "r", rule, "a=wrong(share=0.2)", "b=wrong(share=0.201)", "c=wrong(share=0.05)")
    assert seeds == {"a": 4, "b": 4, "c": 4}


def test_a_width_goes_on_until_intervals_are_narrow(tmp_path):
    wide, _ = seeds_of(tmp_path / "wide", Enough.of("20", 8), "wrong", "b=wrong(share=0.11)")
    narrow, notes = seeds_of(tmp_path / "narrow", Enough.of("0.1", 5), "wrong", "b=wrong(share=0.3)")
    assert set(wide.values()) == {4}
    assert set(narrow.values()) == {5}
    assert "points wide" in notes[-1]


def test_what_no_seed_can_decide_is_not_waited_for(tmp_path):
    documents = Dataset.of("few", train=CORPUS, test=replace(CORPUS, documents=np.array([0, 100])))
    seeds, notes = seeds_of(tmp_path / "r", Enough(), "wrong", "b=wrong(share=0.11)", data=documents)
    assert seeds == {"wrong": 4, "b": 4}
    assert notes[-1].startswith("after 4 of at most 12 seeds, further ones decide nothing more: ")
    assert "2 documents are too few to decide anything" in notes[-1]


def test_models_that_predict_the_same_are_not_said_to_have_enough_seeds(tmp_path):
    _, notes = seeds_of(tmp_path / "r", Enough(most=4), "a=constant(tag='A')", "b=constant(tag='A')")
    expected = "after 4 of at most 4 seeds, further ones decide nothing more: a and b on data: they predict the same"
    assert notes[0] == expected


@pytest.mark.parametrize(("text", "most"), [("soon", None), ("0", None), ("-1", None), ("decided", 3), ("1", 10**6),
                                            ("decided", "9"), (None, 9)])  # fmt: skip
def test_what_is_no_rule_is_refused(text, most):
    with pytest.raises(UsageError, match="--until|--max-seeds"):
        Enough.of(text, most)


def test_no_rule_is_none():
    assert Enough.of(None, None) is None
    assert (Enough.of("0.5", None).width, Enough.of("decided", 20).looks[-1]) == (0.005, 20)
