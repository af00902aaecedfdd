"""`seqbench verify RUN`: every score of a run computed again from its predictions and gold tags."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.errors import shortened
from seqbench.results.store import Store
from seqbench.results.verification import verify

_EXAMPLES = """
\b
Examples:
  seqbench verify runs/first
"""


@click.command("verify", epilog=_EXAMPLES)
@click.argument("run", type=click.Path(path_type=Path))
@options.words_dir
@options.plugin
def command(run: Path, plugins: tuple[Path, ...]) -> int:
    """Compute every score of a run again from its predictions and gold tags; exit code 1 on any difference.

    Files are held against the hashes that they were written with, gold tags against the corpus where it can be read.
    """
    verification = verify(Store.open(run), options.registry_of(plugins))
    for note in verification.unknown:
        echo(f"note: {shortened(note)}", err=True)
    for wrong in verification.wrong:
        echo(f"wrong: {shortened(wrong)}")
    count = len(verification.wrong)
    echo(f"{verification.trials} finished trials, {count or 'no'} difference{'s' * (count != 1)}")
    return int(count > 0)
