"""`seqbench report RUN...`: one page with all of it, which opens from disk and asks nothing of any network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.live_page import serve_page
from seqbench.cli.rows_beside_runs import with_published
from seqbench.cli.terminal import echo, echo_rendered
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.reporting.number_format import counted
from seqbench.reporting.page.writing import Reported, paper_text, write_page, write_pictures
from seqbench.reporting.side_by_side import uncollected
from seqbench.results.records import Json
from seqbench.results.run_folders import last_run
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench report
  seqbench report runs/first --out first.html
  seqbench report runs/first runs/second
  seqbench report runs/first --figures figures
  seqbench report runs/first --latex
  seqbench report runs/first --live
"""


@click.command("report", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path), metavar="[RUN]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.html",
    help="Where to write the page; else report.html in the folder of the first run.",
)
@click.option(
    "--figures",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the pictures to a folder instead, as SVG and PDF.",
)
@click.option("--latex", is_flag=True, help="Print a table of models and datasets for a paper instead.")
@click.option(
    "--live", is_flag=True, help="Serve the page on this machine instead, anew as trials finish, until Ctrl-C."
)
@click.option("--while-input", is_flag=True, hidden=True, help="With --live: end where standard input ends.")
@options.beside
@options.words_dir
@options.plugin
def command(**arguments: Json) -> None:
    """Write one page that says which model, how sure, where and why.

    The page is one file that opens from disk and makes no request. Words are read again from where the corpus was;
    where that is gone, its sentences are shown as numbers.
    """
    folders = arguments["runs"] or [last_run(Path("runs"))]
    _refuse_two_of(arguments)
    registry = options.registry_of(arguments["plugins"])
    if arguments["live"]:
        while_input = arguments["while_input"]
        serve_page(folders, lambda: _reported(folders, arguments, registry).page(), while_input=while_input)
        return
    reported = _reported(folders, arguments, registry)
    with uncollected():
        if arguments["latex"]:
            echo_rendered(paper_text(reported))
        elif arguments["figures"]:
            echo(f"{counted(len(write_pictures(reported, arguments['figures'])), 'file')} in {arguments['figures']}")
        else:
            echo(str(write_page(reported, arguments["out"])))


def _refuse_two_of(arguments: Json) -> None:
    """Raise `UsageError` if two options ask for different things."""
    if sum(map(bool, (arguments["out"], arguments["figures"], arguments["latex"], arguments["live"]))) > 1:
        raise UsageError("--out, --figures, --latex and --live each ask for something else; give one of them")


def _reported(folders: Sequence[Path], arguments: Json, registry: Registry) -> Reported:
    """The runs as they are now."""
    opened = [Store.open(folder) for folder in folders]
    stores = with_published(opened, arguments["beside"], lambda: registry, options.noting(quiet=False))
    return Reported(stores=stores, registry=registry, warn=options.warn, beside=arguments["beside"].file)
