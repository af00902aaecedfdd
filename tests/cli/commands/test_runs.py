"""`seqbench runs`: the runs in a folder; `show` without a name shows the last one."""

import json

from program import called
from runs import registry_of, run_of
from samples import Constant


def test_runs_are_listed_and_show_shows_the_last_one(tmp_path):
    run_of(tmp_path / "runs/first", registry_of(constant=Constant), "constant")
    (row,) = json.loads(called("runs", "--format", "json", cwd=tmp_path).stdout)
    assert (row["run"], row["finished"], row["models"]) == ("runs/first", "1 of 1", "constant")
    shown = called("show", cwd=tmp_path)
    assert (shown.returncode, shown.stdout) == (0, called("show", tmp_path / "runs/first").stdout)


def test_where_there_is_no_run_that_is_said(tmp_path):
    assert "seqbench run starts one" in called("runs", cwd=tmp_path).stderr
    done = called("show", cwd=tmp_path)
    assert (done.returncode, "there is no run in 'runs'" in done.stderr) == (2, True)


def test_the_name_of_a_run_is_not_broken_in_80_columns(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run_of(tmp_path / "runs/2026-11-28-81f25a", registry_of(constant=Constant, other=Constant), "constant", "other")
    printed = called("runs", cwd=tmp_path).stdout
    assert "runs/2026-11-28-81f25a" in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_all_folds_of_a_dataset_have_one_name_in_a_terminal_and_their_own_for_programs(tmp_path):
    (tmp_path / "data.tsv").write_text("".join(f"the\tDET\nword{n}\tNN\n\n" for n in range(30)))
    options = ["--data", "data.tsv", "--models", "majority,baseline", "--quiet"]
    assert called("run", *options, "--folds", "3", "--out", "runs/a", cwd=tmp_path).returncode == 0
    assert "majority, baseline on data (3 folds)" in " ".join(called("runs", cwd=tmp_path).stdout.split())
    (row,) = json.loads(called("runs", "--format", "json", cwd=tmp_path).stdout)
    assert row["data"] == "data, fold 1/3, data, fold 2/3, data, fold 3/3"
