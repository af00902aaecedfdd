"""`seqbench verify`: what is wrong with a run, on standard output and as exit code."""

import pytest
from program import called
from runs import registry_of, run_of
from samples import Constant


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 10)
    called(
        "run", "--data", tmp_path / "small.tsv", "--models", "baseline", "--device", "cpu", "--out", tmp_path / "run"
    )
    return tmp_path


def test_an_honest_run_is_verified(folder):
    done = called("verify", folder / "run")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 finished trials, no differences\n", "")


def test_a_difference_is_exit_code_1(folder):
    next((folder / "run/trials").glob("*.npz")).write_bytes(b"nothing")
    done = called("verify", folder / "run")
    assert done.returncode == 1
    assert done.stdout.startswith("wrong: baseline, seed 0, on small: ")
    assert done.stdout.endswith("1 finished trials, 1 difference\n")


def test_a_corpus_that_is_gone_is_a_note(folder):
    (folder / "small.tsv").unlink()
    done = called("verify", folder / "run")
    assert done.returncode == 0
    assert "note: dataset small: its gold tags were not compared with its corpus" in done.stderr


def test_a_metric_that_nothing_computes_any_more_is_a_note(tmp_path):
    registry = registry_of(constant=Constant, metrics={"half": lambda outcome: 0.5})
    done = called("verify", run_of(tmp_path / "run", registry, "constant").folder)
    assert done.returncode == 0
    assert "note: half: not recomputed, nothing that computes it is installed" in done.stderr
