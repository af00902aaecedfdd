"""`seqbench bundle`: a run packed and opened, with what is said."""

from program import called


def test_a_run_goes_into_a_file_and_out_of_it(folds, tmp_path):
    packed = called("bundle", folds.folder, "--out", tmp_path / "b.zip")
    assert packed.stdout.endswith(f"files in {tmp_path / 'b.zip'}\n")
    opened = called("bundle", tmp_path / "b.zip", "--out", tmp_path / "theirs")
    assert (opened.returncode, opened.stderr) == (0, "")
    assert opened.stdout == f"12 trials in {tmp_path / 'theirs'}\nsee them: seqbench show {tmp_path / 'theirs'}\n"
    assert called("show", tmp_path / "theirs").stdout == called("show", folds.folder).stdout


def test_words_of_a_bundle_are_those_that_it_has(folds, tmp_path):
    called("bundle", folds.folder, "--out", tmp_path / "b.zip")
    done = called("bundle", tmp_path / "b.zip", "--out", tmp_path / "theirs", "--words")
    assert done.returncode == 2
    assert "--words goes with packing a run" in done.stderr
