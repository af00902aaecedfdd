"""Models whose number of seeds was chosen by looking: all looks share one level, and it is said."""

from dataclasses import replace

import numpy as np
import pytest
from compared_runs import examined, store_of

from seqbench.comparing.comparison import LEARNER, MODEL
from seqbench.comparing.dataset_comparison import compare, compared
from seqbench.comparing.interim_tests import looked, looks_at, over_looks, told
from seqbench.comparing.statistics.alpha_spending import Looks, looks_up_to
from seqbench.comparing.statistics.t_test_over_seeds import Learner


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "r"
    _, (measured,) = examined([store_of(folder, "wrong", "b=wrong(share=0.13)", "constant(tag='A')", seeds=5)])
    return measured


def chosen(measured, most=12):
    """The same, as if the seeds had been chosen by looking."""
    models = [replace(m, most_seeds=0 if m.deterministic else most) for m in measured.predictions.models]
    return replace(measured, predictions=replace(measured.predictions, models=models))


def test_seeds_that_were_fixed_before_are_tested_once(measured):
    assert looks_at(measured, (0, 1)) is None
    assert told(measured) is None
    assert compared(measured).looked is None
    assert all(test.share == 1.0 for test in compared(measured).tests)


def test_chosen_seeds_cost_part_of_the_level_and_it_is_said(measured):
    before, after = compare(measured), compare(chosen(measured))
    assert all("looks" in seen.test for seen in after)
    for fixed, seen in zip(before, after, strict=True):
        if fixed.question == MODEL:
            assert seen.p == pytest.approx(min(1.0, 9 * fixed.p))
            assert seen.ci95[1] - seen.ci95[0] > fixed.ci95[1] - fixed.ci95[0]
    assert "chosen by looking" in compared(chosen(measured)).looked
    assert "at 4 to 12 seeds, up to 9 times" in told(chosen(measured))


def test_a_run_with_more_seeds_than_planned_is_looked_at_up_to_all_of_them(measured):
    assert looks_at(chosen(measured, most=4), (0, 1)).planned == (4, 5)


def test_a_single_look_is_called_one(measured):
    four = replace(measured, counts=replace(measured.counts, models=tuple(c[:4] for c in measured.counts.models)))
    models = [replace(m, ids=m.ids[:4]) for m in measured.predictions.models]
    four = replace(four, predictions=replace(measured.predictions, models=models))
    assert told(chosen(four, most=4)).startswith("these scores were looked at once, at 4 seeds, ")
    tests = {c.test for c in compare(chosen(four, most=4))}
    assert [test for test in tests if "look" in test] == [test for test in tests if test.endswith(" 1 look")]
    assert any(test.endswith(" 1 look") for test in tests)


def test_fewer_seeds_than_at_the_first_look_decide_nothing(measured):
    seen = chosen(measured)
    assert looked(seen, (0, 1), Looks((6, 7))) is None
    few = replace(seen, predictions=replace(seen.predictions, models=[
        replace(m, ids=m.ids[:3]) for m in seen.predictions.models]), counts=replace(seen.counts, models=tuple(
            counts[:3] for counts in seen.counts.models)))  # fmt: skip
    assert {c.why for c in compare(few) if c.question == LEARNER} == {"seeds are looked at from 4 of each model on"}


def test_a_look_counts_only_for_the_model_that_is_better_in_the_end():
    first = np.array([9.0, 9.1, 9.2, 9.1, -90.0])
    a, b = (Learner(scores=s, on_resampled=np.zeros(2)) for s in (first, np.array([1.0, 1.1, 1.2, 1.1, 1.0])))
    looks = Looks(looks_up_to(12))
    assert over_looks(a, b, 100, looks.up_to(4)).p < 1e-6
    assert over_looks(b, a, 100, looks.up_to(5)).p > 0.05
    assert over_looks(a, b, 100, looks) is None
