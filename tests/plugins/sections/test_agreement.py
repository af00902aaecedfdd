"""The picture of agreement: each pair of models both ways, with the kappa of `seqbench errors`."""

from reported import pictures, records

from seqbench.comparing.error_analysis.agreement import agreements, all_wrong
from seqbench_plugins.sections.agreement import section


def test_each_pair_is_drawn_both_ways_with_its_kappa(report):
    (figure,) = pictures(section(report))
    (values,) = records(figure)
    drawn = {(value["model"], value["with"]): value["kappa"] for value in values}
    assert len(drawn) == 6
    for pair in agreements(report.predictions):
        assert drawn[pair.a.label, pair.b.label] == drawn[pair.b.label, pair.a.label] == pair.kappa


def test_the_numbers_of_each_pair_are_a_table(report):
    *_, table = section(report)
    for pair, row in zip(agreements(report.predictions), table.rows, strict=True):
        shares = [f"{100 * share:.2f}" for share in (pair.same, pair.both_wrong, pair.alike)]
        assert row == [pair.a.label, pair.b.label, f"{pair.kappa:.3f}", *shares]


def test_the_tokens_that_no_model_has_right_are_told(report):
    *_, table = section(report)
    nobody, tokens = all_wrong(report.predictions), len(report.predictions.reference.gold)
    assert f"are wrong on {nobody.tokens:,} of {tokens:,} tokens" in table.footnotes[0]
    assert f"the same wrong tag on {nobody.alike:,} of these" in table.footnotes[0]
