"""What results come from: sizes of the data, and the run that made them."""

from seqbench_plugins.sections.provenance import section


def test_data_and_run_are_told(report, run):
    data, made = [dict(table.rows) for table in section(report)]
    assert data["fingerprint of the content"] == report.dataset.fingerprint
    assert data["tokens of test"] == f"{len(report.predictions.reference.gold):,}"
    assert data["tokens whose word train lacks"] == "0.00 %"
    assert made["begun"] == run.manifest().started
    assert made["seqbench"] == run.manifest().seqbench
