"""Options that say where and how trials run, how long, and which epochs and seeds."""

from __future__ import annotations

import math
import sys

import click

from seqbench.contracts.quantities import bytes_of, seconds_of, seeds_of
from seqbench.errors import UsageError


class Seeds(click.ParamType[str | int]):
    """How many seeds, as a number, or which ones, as the text that `seeds_of` reads."""

    name = "seeds"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> str | int:
        """The value, checked."""
        try:
            seeds = seeds_of(str(value))
        except UsageError as error:
            self.fail(str(error), param, ctx)
        return seeds if isinstance(seeds, int) else str(value)


def _finite(_context: click.Context, parameter: click.Parameter, number: float | None) -> float | None:
    """A number that is one: not nan, which is neither below nor above any bound, nor infinite."""
    if number is not None and not math.isfinite(number):
        raise UsageError(f"{parameter.opts[0]} must be a finite number, was: {number}")
    return number


def _bytes(_context: click.Context, _parameter: click.Parameter, text: str | None) -> int | None:
    """A size as a number of bytes; only Linux can hold a process to it."""
    if text is None:
        return None
    size = bytes_of(text, "--memory")
    if sys.platform != "linux":
        raise UsageError("--memory needs Linux; leave it out")
    return size


def seconds(_context: click.Context, _parameter: click.Parameter, text: str | None) -> float | None:
    """A time as a number of seconds."""
    return None if text is None else seconds_of(text, "--budget")


device = click.option(
    "--device",
    default="auto",
    show_default=True,
    metavar="auto|cpu|cuda[:N]|mps",
    help="Where models compute that can use a GPU; cuda:1 is the second one.",
)
executor = click.option(
    "--executor",
    default="local",
    show_default=True,
    metavar="local|ray[:ADDRESS]",
    help="Where trials run: here, or as tasks of a Ray cluster (ray:auto: the one of this machine).",
)
gpus = click.option(
    "--gpus-per-trial",
    "gpus_per_trial",
    type=click.FloatRange(min=0),
    callback=_finite,
    metavar="N",
    help="GPUs of each trial on a cluster, also a part of one (0.5); else 1 with --device cuda.",
)
isolate = click.option(
    "--isolate", is_flag=True, help="Run each trial in a process of its own, as is done for models from outside."
)
timeout = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
    metavar="SECONDS",
    help="Longest time of a trial (wall time).",
)
budget = click.option(
    "--budget",
    metavar="TIME",
    callback=seconds,
    help="Training time of every model, such as 60s or 5m: fit is told to stop when it is used up.",
)
select = click.option(
    "--select",
    metavar="METRIC",
    help="Metric of dev that chooses epochs and hyperparameters; else span-f1 where tags are spans, or accuracy.",
)
reporter = click.option(
    "--reporter",
    "reporters",
    multiple=True,
    metavar="SPEC",
    help="Tell a tracker of every trial, such as NAME or NAME(field=value); repeatable. See docs/reporters.md.",
)
jobs = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 10_000),
    default=1,
    show_default=True,
    help="Trials at once, in worker processes.",
)
threads = click.option(
    "--threads",
    metavar="N",
    type=click.IntRange(1, 10_000),
    default=1,
    show_default=True,
    help="Threads of each trial.",
)
epochs = click.option(
    "--epochs", metavar="N", type=click.IntRange(1, 1_000_000_000), help="Epochs of every model that has them."
)
memory = click.option("--memory", metavar="SIZE", callback=_bytes, help="Most memory of a trial's process, such as 2G.")
