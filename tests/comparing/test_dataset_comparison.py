"""A dataset compared by one metric, as a value that another process can send."""

import json
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from compared_runs import examined, store_of

from seqbench.comparing.dataset_comparison import (
    DatasetComparison,
    compare,
    compared,
    corrected_together,
    drawn_learners,
)


def test_a_comparison_comes_out_of_json_as_it_went_in(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)", seeds=2)])
    made = compared(measured)
    sent = json.loads(json.dumps(msgspec.to_builtins(made)))
    assert msgspec.convert(sent, DatasetComparison) == made


def test_each_model_stands_with_its_mean_interval_and_chance_to_be_best(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "bad=wrong(share=0.3)", "good=wrong(share=0.1)")])
    made = compared(measured)
    assert [standing.mean for standing in made.standings] == measured.means
    assert [round(standing.p_best) for standing in made.standings] == [0, 1]


def test_several_datasets_are_corrected_together(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.12)", seeds=2)])
    (alone,) = corrected_together([compared(measured)])
    assert alone.comparisons == compare(measured)
    one, two = corrected_together([compared(measured)] * 2)
    assert one.comparisons == two.comparisons
    assert all(c.p_adjusted >= a.p_adjusted for c, a in zip(one.comparisons, alone.comparisons, strict=True))


def test_two_seeds_do_not_make_a_model_the_best_for_sure(tmp_path):
    """Each pair of seeds is apart on this text, and two seeds are too few to say that others would be."""
    _, (two,) = examined([store_of(tmp_path / "two", "a=wrong(share=0.2)", "b=wrong(share=0.23)", seeds=2)])
    _, (ten,) = examined([store_of(tmp_path / "ten", "a=wrong(share=0.2)", "b=wrong(share=0.23)", seeds=10)])
    few, many = (np.var(drawn_learners(m) - m.resampled.models) for m in (two, ten))
    error = [sum(learner.seeds_variance for learner in m.learners) / 2 for m in (two, ten)]
    assert few > 5 * error[0]
    assert many == pytest.approx(error[1] * 9 / 7, rel=0.1)
    alone = replace(ten, counts=replace(ten.counts, models=tuple(counts[:1] for counts in ten.counts.models)))
    assert (drawn_learners(alone) == alone.resampled.models).all()
