"""The table of what it takes."""

import pytest
from compared_runs import examined, labels_of, registry_to_compare, store_of

from seqbench.comparing.planning import Need
from seqbench.errors import UsageError
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.planning_tables import needs_of, planning_table


def test_each_pair_has_what_it_takes_beside_what_is_there(tmp_path):
    measured = examined([store_of(tmp_path, "a=wrong(share=0.1)", "b=wrong(share=0.2)", seeds=2)])[1][0]
    a, b = measured.predictions.keys
    known = {"a": a, "b": b, "units": 1234}
    needed = [
        Need(**known, seeds=7, seeds_known=True),
        Need(**known, seeds=None, seeds_known=True),
        Need(**known, seeds=None, seeds_known=False),
    ]
    table = planning_table(measured, needed, 0.003, labels_of(measured))
    assert table.title == "data: what it takes to find 0.3 points of accuracy in 80 % of cases"
    assert table.rows[0] == ["a", "b", "1,234", "2 and 2", "7"]
    assert [row[-1] for row in table.rows] == ["7", "never", "?"]


def test_points_to_detect_are_refused_for_perplexities(tmp_path):
    store = store_of(tmp_path, "a=wrong(share=0.1)", "b=wrong(share=0.2)")
    runs = comparable([store], registry_to_compare(), Question(metrics=("perplexity",)))
    with pytest.raises(UsageError, match="--detect is in points, and a difference of perplexity is not"):
        list(needs_of(runs, 0.003))
