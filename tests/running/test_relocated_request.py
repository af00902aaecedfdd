"""A request of a run names its files where they are now."""

import pytest
from stored_trials import manifest

from seqbench import DataAccess, UsageError
from seqbench.running.relocated_request import located, start_of, told_where, with_folder_of
from seqbench.running.request import RunRequest


@pytest.fixture
def run(tmp_path):
    """A run whose paths start from the folder of its data."""
    (tmp_path / "begun/corpora").mkdir(parents=True)
    (tmp_path / "begun/small.tsv").write_text("a\tA\n")
    return manifest(plan={"data": ["./small.tsv"], "data-dir": "./corpora"}, folder=str(tmp_path / "begun"))


def test_paths_start_where_the_run_was_begun(run, tmp_path):
    start = start_of(run, tmp_path / "run")
    assert start == tmp_path / "begun"
    request = located(RunRequest(data=["./small.tsv", "tutorial"], models=["x(file='./small.tsv')"]), [start])
    assert request.data == [str(tmp_path / "begun/small.tsv"), "tutorial"]
    assert request.models == [f"x(file='{tmp_path}/begun/small.tsv')"]


def test_paths_start_here_if_only_here_are_the_data(run, tmp_path, monkeypatch):
    (tmp_path / "begun/small.tsv").rename(tmp_path / "small.tsv")
    monkeypatch.chdir(tmp_path)
    assert start_of(run, tmp_path / "run") == tmp_path


def test_named_corpora_are_looked_for_in_the_folder_of_then_unless_another_is_named(run, tmp_path):
    assert with_folder_of(DataAccess(), run, [tmp_path / "begun"]).local == tmp_path / "begun/corpora"
    assert with_folder_of(DataAccess(local=tmp_path), run, [tmp_path / "begun"]).local == tmp_path


def test_an_error_about_missing_data_tells_where_their_path_starts(run, tmp_path):
    with (
        pytest.raises(UsageError, match=r"Paths of this run start from .*: bring './small.tsv' back there"),
        told_where(tmp_path, run),
    ):
        raise UsageError("there is no './small.tsv'.")
    with pytest.raises(UsageError, match=r"^other$"), told_where(tmp_path, run):
        raise UsageError("other")
