"""`seqbench bundle RUN --out FILE.zip`: a run packed for others, and `seqbench bundle FILE.zip --out FOLDER` opened."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.errors import UsageError
from seqbench.reporting.number_format import counted
from seqbench.results.bundling import pack
from seqbench.results.store import Store
from seqbench.results.unbundling import is_bundle, unpack

_EXAMPLES = """
\b
Examples:
  seqbench bundle runs/first --out first.zip
  seqbench bundle first.zip --out theirs && seqbench show theirs
"""


@click.command("bundle", epilog=_EXAMPLES)
@click.argument("run", type=click.Path(path_type=Path), metavar="RUN|FILE.zip")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE.zip|FOLDER", help="What to write.")
@click.option("--words", is_flag=True, help="Pack words whose licence is not known too: you may pass them on.")
@options.words_dir
@options.plugin
def command(run: Path, out: Path, *, words: bool, plugins: tuple[Path, ...]) -> None:
    """Pack a run into one file for others, or open such a file.

    Packed are records, scores and predictions, and the words of the data where their licence lets them travel: then
    errors and the page show sentences elsewhere too. Kept models and plugins are not packed. A file that is opened is
    not trusted: names and sizes are checked, and nothing in it is executed.
    """
    if is_bundle(run):
        if words:
            raise UsageError("--words goes with packing a run; a bundle has the words that it has")
        store = unpack(run, out)
        echo(f"{counted(len(store.manifest().trials), 'trial')} in {out}")
        echo(f"see them: seqbench show {out}")
        return
    done = pack(Store.open(run), out, options.registry_of(plugins), all_words=words)
    for note in done.notes:
        echo(f"note: {note}", err=True)
    echo(f"{counted(done.files, 'file')} in {out}")
