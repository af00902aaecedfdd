"""What to do next: commands that are there, with the run's folder as a shell takes it."""

from pathlib import Path

from seqbench import cli
from seqbench.cli.next_steps import next_steps


def test_every_step_is_a_command_with_the_folder_of_the_run():
    first, *steps = next_steps(Path("runs/my first"))
    assert first == "next:"
    assert {step.split()[1] for step in steps} <= set(cli.COMMANDS)
    assert all("'runs/my first'" in step for step in steps)


def test_what_a_command_shows_stands_below_it_where_both_are_too_long():
    folder = Path("runs/2026-11-28-3f9a-with-a-long-name")
    assert max(map(len, next_steps(folder))) > 80
    lines = list(next_steps(folder, 80))
    assert max(map(len, lines)) <= 80
    assert lines[1:3] == [f"  seqbench report {folder}", "      one page with all of it"]
    assert list(next_steps(Path("r"), 80)) == list(next_steps(Path("r")))


def test_commands_that_read_words_again_are_told_the_folder_of_corpora():
    lines = list(next_steps(Path("r"), data_dir=Path("my corpora")))
    assert [line.split()[1] for line in lines if "--data-dir 'my corpora'" in line] == ["report", "errors"]
