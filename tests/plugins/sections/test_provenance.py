"""What results come from: sizes of the data, and the run that made them."""

import shlex
from dataclasses import replace

from msgspec.structs import replace as with_fields

from seqbench_plugins.sections.provenance import section


def test_data_and_run_are_told(report, run):
    data, made = [dict(table.rows) for table in section(report)]
    assert data["fingerprint of the content"] == report.dataset.fingerprint
    assert data["tokens of test"] == f"{len(report.predictions.reference.gold):,}"
    assert data["tokens whose word train lacks"] == "0.00 %"
    assert data["accuracy with fewer sentences of train"].startswith("not measured; seqbench run --train-sizes")
    assert made["begun"] == run.manifest().started
    assert made["seqbench"] == run.manifest().seqbench


def test_the_command_can_be_typed_again_and_memory_is_in_gigabytes(report, run):
    manifest = with_fields(
        run.manifest(), command=("run", "--models", 'a=b(c="d e")'), machine={"memory_bytes": 25325268992}
    )
    *_, made = section(replace(report, runs=[manifest]))
    rows = dict(made.rows)
    assert shlex.split(rows["command"]) == ["seqbench", *manifest.command]
    assert rows["machine"] == "memory 25.3 GB"
