"""A dataset compared by one metric, as a value that another process can send."""

import json

import msgspec
from compared_runs import examined, store_of

from seqbench.comparing.dataset_comparison import DatasetComparison, compare, compared, corrected_together


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
