"""`seqbench show RUN...`: the results of runs again, from what is on disk; `run` ends with the same tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from seqbench.cli import options
from seqbench.cli.printing import Wanted, print_results
from seqbench.cli.rows_beside_runs import with_published
from seqbench.cli.terminal import echo_rendered
from seqbench.errors import UsageError
from seqbench.reporting.layout import layout_of
from seqbench.reporting.plots import PLOTS, plots
from seqbench.reporting.side_by_side import uncollected
from seqbench.results.listing import list_runs
from seqbench.results.rows import read_results
from seqbench.results.run_folders import last_run
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench show
  seqbench show runs/2026-05-01-3f9a
  seqbench show runs/first runs/second --format markdown
  seqbench show runs/first --per-tag --confusion baseline
  seqbench show runs/first --plot pareto --plot curve
"""
_NEEDED = {
    "curve": "it takes a model that reports its accuracy on dev",
    "pareto": "it takes a finished model",
    "confusion": "it takes a finished model with a wrong token",
    "sizes": "it takes a run with --train-sizes",
}


@click.command("show", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path), metavar="[RUN]...")
@options.form
@options.confusion
@options.per_tag
@options.rows
@click.option(
    "--plot", "kinds", multiple=True, type=click.Choice(list(PLOTS)),
    help="Draw instead: dev accuracy by epoch, accuracy by cost, confusions, accuracy by training size; repeatable.",
)  # fmt: skip
@options.beside
@options.plugin
def command(**arguments: Any) -> int:
    """Print the results of runs again; without a name those of the last run in runs/."""
    if arguments["kinds"]:
        _refuse_options_of_tables()
    opened = [Store.open(folder) for folder in arguments["runs"] or [last_run(Path("runs"))]]
    stores = with_published(
        opened, arguments["beside"], lambda: options.registry_of(arguments["plugins"]), options.noting(quiet=False)
    )
    with uncollected():
        if arguments["kinds"]:
            return _plotted(stores, arguments["kinds"], arguments["form"])
        beside = arguments["beside"].file
        printed = Wanted(arguments["form"], arguments["confusion"], arguments["per_tag"], beside=beside)
        return print_results(stores, printed, lambda: options.registry_of(arguments["plugins"]))


def _refuse_options_of_tables() -> None:
    """Raises `UsageError` if options of tables stand beside --plot, which draws in place of tables."""
    context = click.get_current_context()
    options_of_tables = {"form": "--format", "confusion": "--confusion", "per_tag": "--per-tag", "beside": "--beside"}
    stated = [
        option for name, option in options_of_tables.items()
        if context.get_parameter_source(name) == ParameterSource.COMMANDLINE
    ]  # fmt: skip
    if stated:
        raise UsageError(f"--plot draws in place of tables; leave out {', '.join(stated)}, or --plot")


def _plotted(stores: Sequence[Store], kinds: Sequence[str], form: str) -> int:
    """Print plots. Raises `UsageError` if there is nothing to draw."""
    listing = list_runs(stores)
    results = read_results(listing)
    for kind in kinds:
        texts = list(plots(kind, listing, results, layout_of(form)))
        if not texts:
            raise UsageError(f"these runs have nothing for --plot {kind}; {_NEEDED[kind]}")
        echo_rendered("\n\n".join(texts) + "\n")
    return 0
