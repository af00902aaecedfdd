"""Runs below a folder: the last first, and those that cannot be read left out."""

import pytest
from runs import registry_of, run_of
from samples import Constant

from seqbench.errors import UsageError
from seqbench.results.run_folders import last_run, runs_in


def test_runs_are_listed_with_what_they_hold(tmp_path):
    registry = registry_of(constant=Constant)
    run_of(tmp_path / "b", registry, "constant", "x=constant(tag='V')")
    later = run_of(tmp_path / "a", registry, "constant")
    next(later.folder.glob("trials/*.json")).unlink()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/run.json").write_text("{")
    runs = list(runs_in(tmp_path))
    assert {(run.folder.name, run.models, run.finished, run.trials) for run in runs} == {
        ("a", ("constant",), 0, 1),
        ("b", ("constant", "x"), 2, 2),
    }
    assert [run.started for run in runs] == sorted((run.started for run in runs), reverse=True)
    assert last_run(tmp_path) == runs[0].folder


def test_without_a_run_the_way_out_is_said(tmp_path):
    with pytest.raises(UsageError, match="there is no run in .*; name the folder of one, or start one"):
        last_run(tmp_path)
