"""`seqbench verify RUN`: every score of a run computed again from its predictions and gold tags."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench verify runs/first
"""


@click.command("verify", epilog=_EXAMPLES)
@click.argument("run", type=click.Path(path_type=Path))
@options.plugin
def command(run: Path, plugins: tuple[Path, ...]) -> int:
    """Compute every score of a run again from its predictions and gold tags; exit code 1 on any difference.

    Files are held against the hashes that they were written with, gold tags against the corpus where it can be read.
    """
    from seqbench.results.verification import verify

    found = verify(Store.open(run), options.registry_of(plugins))
    for told in found.unknown:
        click.echo(f"note: {told}", err=True)
    for wrong in found.wrong:
        click.echo(f"wrong: {wrong}")
    click.echo(f"{found.trials} finished trials, {len(found.wrong) or 'no'} difference{'s' * (len(found.wrong) != 1)}")
    return int(bool(found.wrong))
