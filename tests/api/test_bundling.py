"""seqbench.bundle and seqbench.unbundle: what `seqbench bundle` does."""

import inspect

import pytest
from program import called

import seqbench
from seqbench import StoreError
from seqbench.cli.commands.bundle import command


def test_a_run_is_packed_and_opened_with_the_same_rows(tmp_path):
    called("run", "--data", "tutorial", "--models", "baseline", "--out", "run", "-q")
    (tmp_path / "here").mkdir()
    packed = seqbench.bundle("run", out="packed.zip")
    called("bundle", "run", "--out", "here/packed.zip")
    assert (tmp_path / "here/packed.zip").read_bytes() == (tmp_path / "packed.zip").read_bytes()
    assert packed.files > 0
    again = seqbench.unbundle("packed.zip", out="theirs")
    assert [row["accuracy"] for row in again.rows] == [row["accuracy"] for row in seqbench.open_run("run").rows]
    with pytest.raises(StoreError, match="is there already"):
        seqbench.bundle("run", out="packed.zip")


def test_python_takes_every_option_of_the_command_line():
    assert set(inspect.signature(seqbench.bundle).parameters) == {parameter.name for parameter in command.params}
