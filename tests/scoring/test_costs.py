"""The costs of a trial, each defined once."""

from runs import registry_of, run_of
from samples import Constant, dataset

from seqbench.scoring.costs import COSTS


def test_costs_are_those_that_every_finished_trial_tells(tmp_path):
    store = run_of(tmp_path / "run", registry_of(constant=Constant), "constant", data=dataset())
    (trial,) = store.finished_trials()
    of_kept_models = {cost.name for cost in COSTS if cost.of_use}
    assert set(trial.timings) == {cost.name for cost in COSTS} - of_kept_models - {"perplexity"}


def test_every_cost_has_a_name_a_title_and_a_meaning_of_its_own():
    for part in ("name", "title", "meaning"):
        assert len({getattr(cost, part) for cost in COSTS}) == len(COSTS)


def test_several_seeds_cost_their_mean_and_need_as_much_memory_as_the_greatest():
    pooled = {cost.name: cost.pooled([1.0, 5.0]) for cost in COSTS}
    greatest = {name for name, value in pooled.items() if value == 5}
    assert greatest == {"parameters", "peak_memory_bytes", "bytes_on_disk"}
    assert {value for name, value in pooled.items() if name not in greatest} == {3.0}
