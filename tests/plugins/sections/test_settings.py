"""The hyperparameters of each model: those of its spec, defaults included."""

from seqbench_plugins.sections.settings import section


def test_each_field_of_each_model_has_a_row(report):
    (table,) = section(report)
    assert [(model, name) for model, name, _ in table.rows] == [(row.key.label, "share") for row in report.rows]
    assert float(table.rows[0][2]) == 0.1
