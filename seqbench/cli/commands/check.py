"""`seqbench check NAME|FILE...` tells whether taggers, datasets, metrics, readers and reporters keep their promises."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.testing import subjects

_EXAMPLES = """
\b
Examples:
  seqbench check baseline
  seqbench check mytagger.py
  seqbench check 'mine(length=2)' --plugin mytagger.py
"""


@click.command("check", epilog=_EXAMPLES)
@click.argument("things", nargs=-1, required=True, metavar="NAME|FILE...")
@options.plugin
@options.without
def command(things: tuple[str, ...], plugins: tuple[Path, ...], without: tuple[str, ...]) -> int:
    """Check the promises of `seqbench.testing`; exit code 1 if one is broken.

    NAME is the spec of a tagger, or the name of a dataset, metric, reader or reporter; FILE is a plugin, and all that
    it registers is checked.
    """
    registry = options.registry_of(plugins, without)
    broken = 0
    for subject in [subject for thing in things for subject in subjects(registry, thing)]:
        for promise in subject.promises:
            seen = promise.broken_by(subject.make)
            broken += seen is not None
            echo(f"{subject.label}: {promise.words}: {'kept' if seen is None else f'BROKEN: {seen}'}")
    return int(broken > 0)
