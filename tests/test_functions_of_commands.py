"""Every command has its function in Python, and the list of them in the reference is whole."""

import re
from functools import reduce
from pathlib import Path

import seqbench.testing
from seqbench.cli import COMMANDS

PAGE = (Path(__file__).parents[1] / "docs/api.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`.*?) \| (.*) \|$", PAGE, re.MULTILINE)
ALONE = {"serve", "plugins", "new-plugin", "skill"}


def functions_of(command):
    (text,) = [functions for commands, functions in ROWS if f"`{command}`" in commands.split(", ")]
    return text


def test_every_command_stands_in_the_list_once():
    listed = [name for commands, _ in ROWS for name in re.findall(r"`([\w-]+)`", commands)]
    assert sorted(listed) == sorted(COMMANDS)


def test_every_command_but_those_without_numbers_has_a_function():
    assert {command for command in COMMANDS if "`" not in functions_of(command)} == ALONE


def test_every_function_of_the_list_is_there():
    names = {name for _, functions in ROWS for name in re.findall(r"`seqbench\.([\w.]+)", functions)}
    opened = {name for _, functions in ROWS[1:4] for name in re.findall(r"`(\w+)\(", functions)}
    assert {"run", "inspect", "verify", "datasets"} <= names
    for name in names:
        assert callable(reduce(getattr, name.split("."), seqbench)), name
    assert all(hasattr(seqbench.OpenedRun, name) for name in opened), opened
