"""The picture of agreement: each pair of models both ways, with the kappa of `seqbench errors`."""

from reported import records

from seqbench.comparing.error_analysis.agreement import agreements
from seqbench_plugins.sections.agreement import section


def test_each_pair_is_drawn_both_ways_with_its_kappa(report):
    (figure,) = section(report)
    (values,) = records(figure)
    drawn = {(value["model"], value["with"]): value["kappa"] for value in values}
    assert len(drawn) == 6
    for pair in agreements(report.predictions):
        assert drawn[pair.a.label, pair.b.label] == drawn[pair.b.label, pair.a.label] == pair.kappa
