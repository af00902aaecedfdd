"""`seqbench convert IN OUT`: a corpus file in another format, or its spans in another scheme."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.registry.conversion import converted

_EXAMPLES = """
\b
Examples:
  seqbench convert train.conllu train.jsonl
  seqbench convert 'corpus.txt?tags=3&features=2' corpus.tsv
  seqbench convert iob.tsv iobes.tsv --scheme IOBES
"""


@click.command("convert", epilog=_EXAMPLES)
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--scheme", metavar="NAME", help="Write the tags, which are spans, in this scheme.")
@options.words_dir
@options.plugin
def command(*, source: str, target: str, scheme: str | None, plugins: tuple[Path, ...]) -> None:
    """Write the words and tags of a file to another one.

    IN is a file with options as for --data, OUT a file whose suffix (or OUT?writer=NAME) says the format. What the
    format cannot hold is said; a file that does not read back with the same words and tags is refused.
    """
    registry = options.registry_of(plugins)
    done = converted(source, target, registry, scheme)
    for note in done.notes:
        echo(f"note: {note}", err=True)
    echo(f"{done.sentences:,} sentences, {done.tokens:,} tokens: {done.file}")
