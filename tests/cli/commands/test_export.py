"""seqbench export, as a user sees it."""

import shlex
import subprocess
import sys

from exported import TINY
from kept import kept
from program import called


def test_the_command_that_it_names_tags(tmp_path):
    folder = kept(f"cnn({TINY})", tmp_path / "model")
    done = called("export", folder, "--out", tmp_path / "first.onnx")
    assert done.returncode == 0, done.stderr
    size, use = done.stdout.splitlines()
    assert size == f"{tmp_path / 'first.onnx'}: {(tmp_path / 'first.onnx').stat().st_size:,} bytes"
    command = shlex.split(use.removeprefix("use it: "))
    tagged = subprocess.run([sys.executable, *command[1:]], capture_output=True, text=True, check=True).stdout
    assert [line.split("\t")[0] for line in tagged.splitlines()] == ["some", "words"]


def test_what_is_no_model_is_one_sentence(tmp_path):
    done = called("export", tmp_path, "--out", tmp_path / "x.onnx")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "is no model" in done.stderr
