"""The folder of a repeated run, and data that lie elsewhere now."""

import pytest
from program import SENTENCE, called

import seqbench
from seqbench import UsageError
from seqbench.running.repetition import repeated_folder


def test_the_folder_is_named_after_the_run_unless_it_is_given(tmp_path):
    assert repeated_folder(tmp_path / "run", None) == tmp_path / "run-again"
    assert repeated_folder(tmp_path / "run", tmp_path / "other") == tmp_path / "other"
    with pytest.raises(UsageError, match="--out must be another folder"):
        repeated_folder(tmp_path / "run", tmp_path / "x/../run")


def test_data_that_lie_elsewhere_are_as_many_as_those_of_the_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.tsv").write_text(SENTENCE * 10)
    called("run", "--data", "./small.tsv", "--models", "baseline", "--out", "run", "-q")
    (tmp_path / "moved").mkdir()
    (tmp_path / "small.tsv").rename(tmp_path / "moved/small.tsv")
    with pytest.raises(UsageError, match="this run has 1 --data, so rerun takes as many, was: 2"):
        seqbench.rerun("run", data=["moved/small.tsv"] * 2)
    assert seqbench.rerun("run", data=["moved/small.tsv"]).trials == 1


def test_data_that_are_called_otherwise_now_are_the_same_data(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.tsv").write_text(SENTENCE * 6)
    called("run", "--data", "./small.tsv", "--models", "baseline", "--out", "run", "-q")
    (tmp_path / "small.tsv").rename(tmp_path / "renamed.tsv")
    again = seqbench.rerun("run", data="renamed.tsv")
    assert (again.trials, again.differences) == (1, [])
    (tmp_path / "renamed.tsv").write_text(SENTENCE * 7)
    done = called("rerun", "run", "--data", "renamed.tsv", "--out", "other")
    (why,) = [line for line in done.stdout.splitlines() if line.startswith("differs: ")]
    assert (why.startswith("differs: data: '"), len(why) < 100) == (True, True)
