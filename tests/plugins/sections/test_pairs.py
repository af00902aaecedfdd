"""Pictures of comparisons: each pair both ways, and bars over models that are not told apart."""

from reported import pictures, records

from seqbench.reporting.number_format import p_value
from seqbench_plugins.sections.pairs import section


def test_each_pair_is_told_both_ways(report):
    (pairs,) = pictures(section(report))
    (values,) = records(pairs)
    assert len(values) == 2 * len([c for c in report.comparisons if c.relation])
    told = {(v["model"], v["than"], v["question"]): v for v in values}
    for c in report.comparisons:
        both = [v for (model, than, _), v in told.items() if (model, than) == (c.a.label, c.b.label)]
        assert all(v["points"] == 100 * c.difference for v in both if v["relation"] == c.relation)
    assert {(told[b, a, q]["points"]) for a, b, q in told} == {-v["points"] for v in values}


def test_the_numbers_of_each_pair_are_a_table(report):
    *_, table = section(report)
    decided = [c for c in report.comparisons if c.metric == "accuracy" and c.relation]
    for c, (question, first, second, points, interval, p, relation) in zip(decided, table.rows, strict=True):
        assert question.startswith({"model": "(a)", "learner": "(b)"}[c.question])
        assert (first, second, relation) == (c.a.label, c.b.label, c.relation)
        assert points == f"{100 * c.difference:+.2f}"
        assert interval == f"{100 * c.ci95[0]:+.2f} to {100 * c.ci95[1]:+.2f}"
        assert p == p_value(c.p_adjusted)


def test_the_table_says_at_its_place_what_the_interval_is_of(report):
    *_, table = section(report)
    assert any(note.startswith("95 % interval: that of a pair by itself") for note in table.footnotes)
