"""Options that several commands share, and the registry that they lead to."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from seqbench.cli.download_bars import download_bars
from seqbench.cli.terminal import document, echo, layout
from seqbench.contracts.datasets import DataAccess
from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.quantities import bytes_of, seconds_of, seeds_of
from seqbench.data.split_options import DOCUMENT
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.reporting.beside import Beside
from seqbench.reporting.layout import ROWS, Form
from seqbench.reporting.table_formats import OWN, DocumentFormat, RowsFormat, loaded
from seqbench.spans.schemes import POLICIES
from seqbench.spans.schemes import scheme as named_scheme

Command = TypeVar("Command", bound=Callable[..., object])
_MOST = 100_000


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


def _with_those_of_the_environment(
    context: click.Context, _parameter: click.Parameter, files: tuple[Path, ...]
) -> tuple[Path, ...]:
    """The files asked for after those that SEQBENCH_PLUGINS lists (as PATH lists folders), each once."""
    listed = [Path(file) for file in os.environ.get("SEQBENCH_PLUGINS", "").split(os.pathsep) if file]
    every = tuple({file.resolve(): file for file in [*listed, *files]}.values())
    context.meta["seqbench.plugins"] = every
    return every


plugin = click.option(
    "--plugin",
    "plugins",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.py",
    is_eager=True,
    callback=_with_those_of_the_environment,
    help="Load a plugin file; repeatable. SEQBENCH_PLUGINS lists files that are always loaded.",
)
without = click.option(
    "--without",
    multiple=True,
    metavar="PLUGIN",
    help="Leave an installed plugin out of this call, by its name in `seqbench plugins`; repeatable.",
)
device = click.option(
    "--device",
    default="auto",
    show_default=True,
    metavar="auto|cpu|cuda[:N]|mps",
    help="Where models compute that can use a GPU; cuda:1 is the second one.",
)


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Keep how tables are laid out until the format is known."""
    context.meta[f"seqbench.{parameter.name}"] = value


def _laid_out(context: click.Context, parameter: click.Parameter, name: str) -> Form:
    """The format, with the layout that the terminal and the other options want."""
    wide, legend = (bool(context.meta.get(f"seqbench.{option}")) for option in ("wide", "legend"))
    laid_out = replace(layout(wide=wide, legend=legend), rows=context.meta.get("seqbench.rows", ROWS[0]))
    chosen = None
    if name not in OWN:
        files = context.meta.get("seqbench.plugins") or _with_those_of_the_environment(context, parameter, ())
        chosen = loaded(name, Registry.discover(files))
    if laid_out.rows != ROWS[0] and not isinstance(chosen, RowsFormat):
        raise UsageError(f"--rows {laid_out.rows} is for formats of rows; write --format csv, or leave it out")
    if isinstance(chosen, DocumentFormat):
        document(chosen.opening(), chosen.closing())
    return Form(name, laid_out, by=chosen)


class FormatName(click.ParamType[str]):
    """Name of a format: one of the core's, or of a plugin, which is looked for when it is used or listed."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The names that there are."""
        del param, ctx  # of no use here
        return f"[{'|'.join([*OWN, *sorted(Registry.discover().formats)])}]"


def form(command: Command) -> Command:
    """The options that say how results are printed."""
    for option in (_legend, _wide, _format):
        command = option(command)
    return command


_format = click.option(
    "--format",
    "form",
    type=FormatName(),
    default="table",
    callback=_laid_out,
    help="How to print the results; csv and json have all that is known.",
)
_wide = click.option(
    "--wide", is_flag=True, is_eager=True, expose_value=False, callback=_keep,
    help="Print tables with all columns, however wide.",
)  # fmt: skip
rows = click.option(
    "--rows", type=click.Choice(ROWS), default="models", is_eager=True, expose_value=False, callback=_keep,
    help="What a row of csv is: a model, one of its seeds, or an epoch of one (its learning curve).",
)  # fmt: skip
_legend = click.option(
    "--legend", is_flag=True, is_eager=True, expose_value=False, callback=_keep,
    help="Say below a table what its columns mean.",
)  # fmt: skip
confusion = click.option(
    "--confusion", metavar="LABEL", multiple=True, help="Print the confusion matrix of a model too."
)
per_tag = click.option("--per-tag", is_flag=True, help="Print the scores of each tag too.")
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
task = click.option(
    "--task",
    metavar="next-word[:WORDS]",
    help="Predict the next word in place of the tags, among so many words [10,000]; models that look back only.",
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
folds = click.option(
    "--folds", type=click.IntRange(2, _MOST), metavar="K", help="K-fold: all sentences of each dataset, K times split."
)
resplits = click.option(
    "--resplits", type=click.IntRange(2, _MOST), metavar="N", help="N random splits of all sentences of each dataset."
)
group = click.option(
    "--group", type=click.Choice([DOCUMENT]), help="Folds and random splits keep the sentences of a document together."
)
train_sizes = click.option(
    "--train-sizes",
    multiple=True,
    metavar="N,...,all",
    help="Learning curve: train on so many random sentences, at most those of train.",
)
against = click.option(
    "--against", metavar="LABEL", help="Compare each model with this one only, instead of all pairs."
)
scores = click.option(
    "--scores",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Rank published scores instead of runs: a model in each row, a dataset in each column.",
)
beside = click.option(
    "--beside",
    multiple=True,
    metavar="published|FILE.csv",
    callback=lambda _context, _parameter, wanted: Beside.of(wanted),
    help="Show published results on the same data too, or accuracies that were typed in (a model in each row, a "
    "dataset in each column) as marked rows; repeatable.",
)
rope = click.option(
    "--rope",
    type=click.FloatRange(0, 100, min_open=True),
    metavar="POINTS",
    help="Count differences up to so many points as none: better, worse, equal in practice, or undecided.",
)
scheme = click.option(
    "--scheme",
    metavar="NAME",
    help="Span scheme of the tags: IOB1, IOB2, IOE1, IOE2, IOBES, BILOU, BMES, BMEOW, IO; detected if left out.",
)
policy = click.option(
    "--policy",
    type=click.Choice(POLICIES),
    default="conlleval",
    show_default=True,
    help="How illegal sequences of span tags are read.",
)
without_type = click.option(
    "--without-type", "without_types", multiple=True, metavar="TYPE", help="Leave out spans of a type; repeatable."
)
memory = click.option("--memory", metavar="SIZE", callback=_bytes, help="Most memory of a trial's process, such as 2G.")


def _remember(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Keep a value for `registry_of`, so that a command need not hand it on."""
    context.meta[f"seqbench.{option.name}"] = value
    return value


def _folder_of_corpora(*, exposed: bool) -> Callable[[Callable[..., object]], Callable[..., object]]:
    return click.option(
        "--data-dir",
        "data_dir",
        callback=_remember,
        expose_value=exposed,
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Look for named corpora in this folder first, as DIR/NAME/train.*; else in SEQBENCH_DATA.",
    )


data_dir = _folder_of_corpora(exposed=True)
words_dir = _folder_of_corpora(exposed=False)
"""`--data-dir` of commands that only read words again, and have no plan to keep it in."""
train = click.option(
    "--train", metavar="NAME|PATH", help="Learn from the train and dev of this one, and test on each --data."
)


def spans_of(scheme: str | None, policy: str, without_types: Sequence[str]) -> SpanSettings:
    """The settings of spans that options name, the scheme by its canonical name. Raises `UsageError` if unknown."""
    name = named_scheme(scheme).name if scheme else None
    return SpanSettings(scheme=name, policy=policy, without=tuple(without_types))


def registry_of(plugins: tuple[Path, ...], without: Sequence[str] = ()) -> Registry:
    """The registry of installed plugins and these files; what is lost is said on standard error."""
    registry = Registry.discover(plugins, lambda loss: warn(str(loss)), without=without)
    registry.access = _access()
    return registry


def _access() -> DataAccess:
    """Where the files of datasets are, by --data-dir of this call and by the environment."""
    context = click.get_current_context(silent=True)
    named = context.meta.get("seqbench.data_dir") if context else None
    local, cache = (os.environ.get(name) for name in ("SEQBENCH_DATA", "SEQBENCH_CACHE"))
    return DataAccess(
        local=named or (Path(local).expanduser() if local else None),
        cache=Path(cache).expanduser() if cache else None,
        offline=os.environ.get("SEQBENCH_OFFLINE", "") not in ("", "0"),
        mirrors=tuple(os.environ.get("SEQBENCH_MIRRORS", "").split()),
        tell=warn,
        progress=download_bars(sys.stderr),
    )


def noting(*, quiet: bool) -> Callable[[str], None]:
    """Says a sentence on standard error, or nothing where users want quiet."""
    return (lambda _message: None) if quiet else (lambda message: echo(message, err=True))


def warn(message: str) -> None:
    """Say something on standard error that a user should know."""
    echo(f"warning: {message}", err=True)
