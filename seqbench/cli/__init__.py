"""The command line: arguments in, exit code out. One file per command; this is the only place that prints.

Exit codes: 0 all was done; 1 some trials are not finished, nothing is compared, or a check or gate says no; 2 usage or
input; 70 a bug of seqbench; 130 interrupted.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from seqbench.cli.help_pages import COMMAND_GROUPS, grouped
from seqbench.cli.terminal import UnreadError, echo, flush, prepare_streams
from seqbench.errors import SeqbenchError, UsageError, cause, shortened, unknown
from seqbench.version import __version__

COMMANDS = {
    "run": "train and compare models",
    "train": "train one model and keep it, to be used",
    "tag": "tag new text with kept models",
    "inspect": "look inside a model: scores of each tag, hidden states, what it leans on",
    "serve": "answer requests with kept models, on a port of this machine",
    "costs": "print what kept models cost, as they are, in fewer bits and in ONNX",
    "export": "write a kept network as an ONNX file, for programs without seqbench",
    "tune": "search for hyperparameters, with the same effort for every model",
    "probe": "find how far each model gets on probes that get harder",
    "show": "print the results of runs again",
    "runs": "list the runs, the last first",
    "rerun": "repeat a run and say which numbers differ",
    "merge": "put the trials of several runs into one",
    "verify": "compute every score of a run again",
    "compare": "test which differences are real",
    "errors": "show where models are wrong, and where they differ",
    "report": "write one page with all of it, to look at, print and mail",
    "bundle": "pack a run into one file for others, or open one",
    "calibration": "show whether models know when they are wrong",
    "power": "say how much text and how many seeds it takes to tell models apart",
    "spans": "count the results of runs in spans (chunks, entities)",
    "score": "score predictions that other systems wrote to files",
    "convert": "write a corpus file in another format or span scheme",
    "models": "list the models, or describe one",
    "datasets": "list the datasets, or describe one",
    "new-plugin": "write a project for a model, dataset, reader, metric, format or section of your own",
    "check": "check that models, datasets and metrics keep their promises",
    "plugins": "list the plugins and what was lost",
    "skill": "print a page with which an assistant writes and compares a tagger",
}
_ABOUT = """Compare sequence models on the same data, under the same conditions.

\b
  seqbench run                               the default models, built-in data
  seqbench run --data my/treebank --seeds 3  on your own train/dev/test files
  seqbench models                            what there is to compare
"""
USAGE, BUG, INTERRUPTED = 2, 70, 130
_OF_DISKS = {errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE}
"""Errors that no line of seqbench is to blame for, whatever the file."""


class Commands(click.Group):
    """The commands by name; each one's file is imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """In the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            raise unknown("command", cmd_name, COMMANDS, listed="Commands")
        command: click.Command = import_module(f"seqbench.cli.commands.{cmd_name.replace('-', '_')}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """See click; `help`, `help COMMAND` and `version` are understood, too."""
        match args:
            case ["help", *names]:
                args = [*names[:1], "--help"]
            case ["version"]:
                args = ["--version"]
            case ["list", *_]:
                raise UsageError("no command is named 'list'; seqbench models, datasets, plugins and runs are lists")
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The lists of `--help`, in groups, which import none of them."""
        for title, names in grouped(COMMANDS, COMMAND_GROUPS).items():
            with formatter.section(title):
                formatter.write_dl([(name, COMMANDS[name]) for name in names])


@click.group(cls=Commands, help=_ABOUT, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="seqbench %(version)s")
def program() -> None:
    """See `_ABOUT`."""


def main() -> NoReturn:
    """Run the program and leave with its exit code."""
    prepare_streams()
    try:
        code = _called(sys.argv[1:])
        flush()
    except UnreadError:
        code = 0
    except SeqbenchError as error:
        code = _complain(str(error))
    except click.UsageError as error:
        code = _complain(error.format_message())
    except (KeyboardInterrupt, click.Abort):
        echo("interrupted", err=True)
        exec("")  # noqa: S102 -- else Python, interrupted within `exec`, as dataclasses use it, would end by SIGINT
        code = INTERRUPTED
    except Exception:  # noqa: BLE001 -- whatever was not foreseen is a bug, and is shown as one
        import traceback

        echo(f"{traceback.format_exc()}\nThis is a bug of seqbench {__version__}; please report it.", err=True)
        code = BUG
    sys.exit(code)


def _called(arguments: Sequence[str]) -> int:
    """The exit code of the program with these arguments."""
    try:
        with program.make_context("seqbench", list(arguments)) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as end:  # of --help and --version
        code = end.exit_code
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError(f"{error.filename!r} is too long for the name of a file; choose a shorter one") from error
        if file := _of_users(error):
            raise UsageError(f"{file} cannot be used: {cause(error)}; put this right and try again") from error
        raise
    return code if isinstance(code, int) else 0


def _of_users(error: OSError) -> str:
    """Words for the file that a call of the system refused; none where seqbench's own files may be to blame."""
    from pathlib import Path

    name = error.filename if isinstance(error.filename, str) else ""
    own = not name or Path(name).absolute().is_relative_to(Path(__file__).parents[1])
    return (repr(name) if name else "a file") if error.errno in _OF_DISKS or not own else ""


def _complain(message: str) -> int:
    echo(f"seqbench: {shortened(message)}", err=True)
    return USAGE
