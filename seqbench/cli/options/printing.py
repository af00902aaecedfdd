"""Options that say how results are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import click

from seqbench.cli.options.plugins import with_those_of_the_environment
from seqbench.cli.terminal import document, layout
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.reporting.added_rows import Beside
from seqbench.reporting.layout import ROWS, Form
from seqbench.reporting.table_formats import OWN, DocumentFormat, RowsFormat, loaded

Command = TypeVar("Command", bound=Callable[..., object])


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Keep how tables are laid out until the format is known."""
    context.meta[f"seqbench.{parameter.name}"] = value


def _laid_out(context: click.Context, parameter: click.Parameter, name: str) -> Form:
    """The format, with the layout that the terminal and the other options want."""
    wide, legend = (bool(context.meta.get(f"seqbench.{option}")) for option in ("wide", "legend"))
    laid_out = replace(layout(wide=wide, legend=legend), rows=context.meta.get("seqbench.rows", ROWS[0]))
    chosen = None
    if name not in OWN:
        files = context.meta.get("seqbench.plugins") or with_those_of_the_environment(context, parameter, ())
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
beside = click.option(
    "--beside",
    multiple=True,
    metavar="published|FILE.csv",
    callback=lambda _context, _parameter, names: Beside.of(names),
    help="Show published results on the same data too, or accuracies that were typed in (a model in each row, a "
    "dataset in each column) as marked rows; repeatable.",
)
