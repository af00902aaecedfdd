"""Pictures of comparisons: each pair both ways, and bars over models that are not told apart."""

from reported import records

from seqbench_plugins.sections.pairs import section


def test_each_pair_is_told_both_ways(report):
    (pairs,) = section(report)
    (values,) = records(pairs)
    assert len(values) == 2 * len([c for c in report.comparisons if c.relation])
    told = {(v["model"], v["than"], v["question"]): v for v in values}
    for c in report.comparisons:
        both = [v for (model, than, _), v in told.items() if (model, than) == (c.a.label, c.b.label)]
        assert all(v["points"] == 100 * c.difference for v in both if v["relation"] == c.relation)
    assert {(told[b, a, q]["points"]) for a, b, q in told} == {-v["points"] for v in values}
