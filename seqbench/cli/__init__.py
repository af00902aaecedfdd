"""The command line: arguments in, exit code out. One file per command; this is the only place that prints."""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from typing import NoReturn

import click

from seqbench.cli.exit_codes import exit_code
from seqbench.cli.help_pages import COMMAND_GROUPS, Context, grouped
from seqbench.cli.terminal import prepare_streams
from seqbench.errors import UsageError, unknown
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


class Commands(click.Group):
    """The commands by name; each one's file is imported only when it is asked for."""

    context_class = Context

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            raise unknown("command", cmd_name, COMMANDS, listed="Commands")
        command: click.Command = import_module(f"seqbench.cli.commands.{cmd_name.replace('-', '_')}").command
        command.context_class = Context
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
    atexit.register(gc.freeze)  # at its end Python would look for garbage among all objects, twice
    sys.exit(exit_code(lambda: program.make_context("seqbench", sys.argv[1:]), program.invoke))
