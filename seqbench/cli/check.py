"""`seqbench check SPEC...` tells whether taggers keep the promises that every tagger makes."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.spec import parse

_EXAMPLES = """
\b
Examples:
  seqbench check baseline
  seqbench check mine --plugin mytagger.py
"""


@click.command("check", epilog=_EXAMPLES)
@click.argument("specs", nargs=-1, required=True, metavar="SPEC...")
@options.plugin
def command(specs: tuple[str, ...], plugins: tuple[Path, ...]) -> int:
    """Check that taggers keep every promise of `seqbench.testing`; exit code 1 if one is broken."""
    from seqbench.models import made_from, resolve
    from seqbench.testing import PROMISES, broken_promises

    registry = options.registry_of(plugins)
    failed = 0
    for spec in specs:
        model = resolve(registry, parse(spec))
        with made_from(registry):
            broken = {promise.name: why for promise, why in broken_promises(model.build)}
        failed += len(broken)
        for promise in PROMISES:
            state = f"BROKEN: {broken[promise.name]}" if promise.name in broken else "kept"
            click.echo(f"{model.label}: {promise.words}: {state}")
    return int(failed > 0)
