"""The code that the program ends with: 0, 1, 2, 70 or 130, and what it says."""

import errno

import click
import pytest

from seqbench.cli.exit_codes import exit_code
from seqbench.errors import UsageError


@click.command()
def nothing():
    """Nothing."""


def code_of(invoke):
    return exit_code(lambda: nothing.make_context("nothing", []), invoke)


def raising(error):
    def invoke(_context):
        raise error

    return code_of(invoke)


@pytest.mark.parametrize(("answer", "code"), [(None, 0), (0, 0), (1, 1)])
def test_a_command_says_its_code_or_none(answer, code):
    assert code_of(lambda _: answer) == code


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("no such model"), 2, "seqbench: no such model\n"),
        (click.UsageError("no such option"), 2, "seqbench: no such option\n"),
        (OSError(errno.ENOSPC, "No space left", "/some/file"), 2, "'/some/file' cannot be used: No space left"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (KeyError("what nobody foresaw"), 70, "This is a bug of seqbench"),
    ],
)
def test_errors_end_with_their_code_and_are_said(error, code, said, capsys):
    assert raising(error) == code
    assert said in capsys.readouterr().err
