"""`seqbench merge`: its errors; what it writes is tested in tests/results/test_merging.py."""

from program import called


def test_a_folder_that_is_no_run_is_said(tmp_path):
    done = called("merge", tmp_path, tmp_path / "other", "--out", tmp_path / "both")
    assert (done.returncode, "is no run" in done.stderr) == (2, True)


def test_the_folder_of_the_new_run_must_be_named(tmp_path):
    assert called("merge", tmp_path, tmp_path).returncode == 2
