"""The table of what it takes."""

from compared_runs import examined, labels_of, store_of

from seqbench.comparing.planning import Need
from seqbench.reporting.planning_tables import planning_table


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
