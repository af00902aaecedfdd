"""Help pages in groups, and answers to what users type by mistake or by habit."""

import re
from itertools import pairwise

import pytest
from program import called

from seqbench import cli
from seqbench.cli.commands.run import command
from seqbench.cli.help_pages import COMMAND_GROUPS, GROUPS, grouped


def test_the_help_of_the_program_has_its_commands_in_groups_and_no_literal_escape():
    text = called("--help").stdout
    assert "\\b" not in text
    assert re.search(r"^  +seqbench run  +the default models", text, re.MULTILINE)
    assert [title for title in COMMAND_GROUPS if f"\n{title}:\n" in text][:2] == ["Run", "Read"]
    assert {name for names in grouped(cli.COMMANDS, COMMAND_GROUPS).values() for name in names} == set(cli.COMMANDS)


def test_the_help_of_run_has_its_options_in_groups_and_leaves_none_out():
    text = called("run", "--help").stdout
    assert all(f"\n{title}:\n" in text for title in GROUPS)
    assert all(max(parameter.opts, key=len) in text for parameter in command.params[1:])
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_no_line_of_a_help_page_is_longer_than_80_columns(name, monkeypatch):
    """Examples are copied: a longer one ends in a backslash, behind which the shell goes on."""
    monkeypatch.setenv("COLUMNS", "80")
    text = called(name, "--help").stdout
    assert [line for line in text.splitlines() if len(line) > 80] == []
    _, _, examples = text.partition("Examples:\n")
    lines = [line for line in examples.splitlines() if line.strip()]
    assert all(before.endswith(" \\") for before, line in pairwise(lines) if line.startswith("      "))


@pytest.mark.parametrize(("name", "word"), [("calibration", "log-loss"), ("datasets", "CC-BY-4.0.")])
def test_no_line_of_a_help_page_ends_within_a_word(name, word):
    assert word in called(name, "--help").stdout


def test_each_option_stands_in_a_group_of_run_and_names_what_it_takes():
    text = called("run", "--help").stdout
    further = text.partition("\nFurther:\n")[2].split("\n\n")[0]
    assert further.split() == ["-h,", "--help", "Show", "this", "message", "and", "exit."]
    assert "[PLAN.toml]  A file" in text
    assert [name for name in cli.COMMANDS if " RANGE " in called(name, "--help").stdout] == []


def test_what_belongs_to_no_group_comes_last():
    assert grouped(["new", "b"], {"A": ("a", "b")}) == {"A": ["b"], "Further": ["new"]}


def test_models_with_blanks_between_them_are_understood(tmp_path):
    done = called("run", "--models", "baseline", "majority", "hmm", "--dry-run", "--out", tmp_path, "--format", "csv")
    assert [line.split(",")[1] for line in done.stdout.splitlines()[1:]] == ["baseline", "majority", "hmm"]


ANSWERS = {
    "help": (0, "Usage: seqbench "),
    "help run": (0, "What is compared:"),
    "version": (0, "seqbench "),
    "list": (2, "seqbench models, datasets, plugins and runs are lists"),
    "run --seed 5": (2, "did you mean '--seeds' (Run seeds 0 to N-1"),
    "run --lr 0.1": (2, "NAME(field=value), or by --set LABEL.FIELD=VALUE"),
    "run --metric macro_f1": (2, "seqbench compare and seqbench power have it"),
    "run --device gpu": (2, "an NVIDIA GPU is cuda"),
    "run --set states=3": (2, "write LABEL.FIELD=VALUE"),
    "run --models all": (2, "name those that you mean, such as baseline,"),
    "run --models lstm[epochs=1]": (2, "did you mean 'lstm(epochs=1)'?"),
    "run --models lstm(lr=0.1)": (2, "Did you mean 'learning_rate'?"),
    "run --models lstm(vectors=dir/x.txt)": (2, "text stands in quotes (vectors='dir/x.txt')"),
    "run --models lstm(vectors=/dir/x-1.txt)": (2, "text stands in quotes: vectors='/dir/x-1.txt'"),
}


@pytest.mark.parametrize("line", ANSWERS)
def test_what_users_type_is_understood_or_answered(line, tmp_path):
    code, words = ANSWERS[line]
    done = called(*line.split(), cwd=tmp_path)
    assert (done.returncode, words in done.stdout + done.stderr) == (code, True), done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("spec", "meant"), [("my model=baseline", "my-model=baseline"), ("baseline hmm", "baseline,hmm")]
)
def test_blanks_in_a_spec_are_answered(spec, meant):
    done = called("run", "--models", spec)
    assert (done.returncode, f"did you mean '{meant}'?" in done.stderr) == (2, True)
