"""What to do next: commands that are there, with the run's folder as a shell takes it."""

from pathlib import Path

from seqbench import cli
from seqbench.cli.next_steps import next_steps


def test_every_step_is_a_command_with_the_folder_of_the_run():
    first, *steps = next_steps(Path("runs/my first"))
    assert first == "next:"
    assert {step.split()[1] for step in steps} <= set(cli.COMMANDS)
    assert all("'runs/my first'" in step for step in steps)
