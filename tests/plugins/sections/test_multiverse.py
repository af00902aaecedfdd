"""The page's table of other analyses: the best model beside each other one."""

from dataclasses import replace

from seqbench_plugins.sections.multiverse import section


def test_the_table_has_a_row_for_each_other_model(report):
    (table,) = section(report)
    assert len(table.rows) == len(report.rows) - 1
    assert len({row[0] for row in table.rows}) == 1


def test_folds_and_scores_without_predictions_have_none(report):
    assert list(section(replace(report, predictions=None))) == []
    folds = replace(report.predictions, folds=[report.predictions])
    assert list(section(replace(report, predictions=folds))) == []
