"""`seqbench convert IN OUT`: a corpus file in another format, or its spans in another scheme."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.data.corpus import Corpus
from seqbench.data.plausibility import notes_of
from seqbench.errors import UsageError
from seqbench.registry.data_argument import Source, parsed
from seqbench.registry.datasets import load_file
from seqbench.registry.writing import written
from seqbench.spans import SpanTags, convert, scheme, scheme_of

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
    argument = parsed(target)
    _refuse_options(source, parsed(source), _NOT_READ)
    _refuse_options(target, argument, {option for option in argument.options if option != "writer"})
    path, read = load_file(source, registry)
    corpus = read(path)
    corpus = corpus if scheme is None else _in_scheme(corpus, scheme, source)
    if Path(argument.name).exists() and Path(argument.name).samefile(path):
        raise UsageError(f"{target!r} is the file that is read; write to another one")
    for note in notes_of(corpus):
        echo(f"note: {source}: {note}", err=True)
    for part in written(corpus, Path(argument.name), registry, argument.options.get("writer")):
        echo(f"note: {argument.name} does not hold {part}", err=True)
    echo(f"{len(corpus):,} sentences, {corpus.tokens:,} tokens: {argument.name}")


_NOT_READ = {"train", "dev", "ignore"}


def _refuse_options(text: str, argument: Source, refused: set[str]) -> None:
    """Raises `UsageError` for options that this command does not look at."""
    for option in argument.options:
        if option in refused:
            raise UsageError(f"option {option!r} of {text!r} means nothing to seqbench convert; leave it out")


def _in_scheme(corpus: Corpus, name: str, source: str) -> Corpus:
    """The corpus with its spans in a scheme. Raises `UsageError` if its tags are no spans, or do not all fit."""
    known = scheme_of(corpus.tags)
    if known is None:
        raise UsageError(f"the tags of {source!r} keep to no span scheme that is known, so that they have no other one")
    odd = SpanTags.of(list(corpus.tags.vocabulary), known).odd
    if odd.any():
        tag = str(corpus.tags.vocabulary[int(odd.argmax())])
        raise UsageError(f"{tag!r} of {source!r} is no tag of {known.name}; mend it first, since it would be lost")
    return replace(corpus, tags=convert(corpus.tags, known, scheme(name)))
