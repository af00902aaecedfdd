"""Trials through Ray, where it is; tests/running/executors/test_ray_task.py has what a machine does."""

import importlib.util

import pytest
from last_tagger import last_file
from program import called, seqbench


@pytest.mark.parametrize("command", [["run"], ["tune", "--models", "perceptron"]])
def test_what_cannot_be_is_said_before_there_is_a_run_folder(command, tmp_path):
    done = called(*command, "--executor", "dask", cwd=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "--executor must be local" in done.stderr


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is there")
def test_without_ray_the_way_out_is_told(tmp_path):
    options = ["--models", "baseline", "--data", "tutorial", "--executor", "ray", "--device", "cpu"]
    done = called("run", *options, "--out", tmp_path / "run")
    assert done.returncode == 2
    assert done.stderr.endswith("seqbench: --executor ray needs Ray: pip install 'seqbench[ray]'\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs Ray: pip install 'seqbench[ray]'")
def test_a_run_through_ray_is_the_run_of_this_process(tmp_path):
    file = last_file(tmp_path)

    def run(out, *further):
        models = ["--models", "baseline,perceptron(epochs=2),last", "--plugin", file, "--seeds", "2"]
        options = ["--data", "tutorial", *models, "--device", "cpu", "--out", tmp_path / out, "--quiet"]
        done = seqbench("run", *options, *further)
        assert done.returncode == 0, done.stderr
        return {path.name: path.read_bytes() for path in (tmp_path / out / "trials").glob("*.npz")}

    assert run("ray", "--executor", "ray", "--jobs", "2") == run("here")
