"""`seqbench report RUN...`: one page with all of it, which opens from disk and asks nothing of any network."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.reporting.page.writing import write_page
from seqbench.reporting.side_by_side import uncollected
from seqbench.results.run_folders import last_run
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench report
  seqbench report runs/first --out first.html
  seqbench report runs/first runs/second
"""


@click.command("report", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path), metavar="[RUN]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.html",
    help="Where to write the page; else report.html in the folder of the first run.",
)
@options.plugin
def command(*, runs: tuple[Path, ...], out: Path | None, plugins: tuple[Path, ...]) -> None:
    """Write one page that says which model, how sure, where and why.

    The page is one file that opens from disk and makes no request. Words are read again from where the corpus was;
    where that is gone, its sentences are shown as numbers.
    """
    stores = [Store.open(folder) for folder in runs or [last_run(Path("runs"))]]
    with uncollected():
        path = write_page(stores, options.registry_of(plugins), out, options.warn)
    echo(str(path))
