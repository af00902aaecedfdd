"""A corpus file written in another format, or with its spans in another scheme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from seqbench.data.corpus import Corpus
from seqbench.data.plausibility import notes_of
from seqbench.errors import UsageError
from seqbench.registry.data_argument import Source, parsed
from seqbench.registry.datasets import load_file
from seqbench.registry.discovery import Registry
from seqbench.registry.writing import written
from seqbench.spans import SpanTags, convert, scheme, scheme_of

_NOT_READ = ("train", "dev", "ignore")


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """A file that was written, its sizes, and `notes` on what was left out or does not fit into its format."""

    file: Path
    sentences: int
    tokens: int
    notes: tuple[str, ...]


def converted(source: str, target: str, registry: Registry, scheme_name: str | None) -> Conversion:
    """Write the words and tags of a file to another one, whose suffix or `?writer=NAME` says the format.

    Raises `UsageError` if the two are one file, or the tags do not fit the scheme; `DataError` if a file cannot be read
    or written, or does not read back with the same words and tags.
    """
    argument = parsed(target)
    _refuse_options(source, parsed(source), _NOT_READ)
    _refuse_options(target, argument, {option for option in argument.options if option != "writer"})
    path, read = load_file(source, registry)
    corpus = read(path)
    corpus = corpus if scheme_name is None else _in_scheme(corpus, scheme_name, source)
    file = Path(argument.name)
    if file.exists() and file.samefile(path):
        raise UsageError(f"{target!r} is the file that is read; write to another one")
    lost = written(corpus, file, registry, argument.options.get("writer"))
    notes = (
        *(f"{source}: {note}" for note in notes_of(corpus)),
        *(f"{argument.name} does not hold {part}" for part in lost),
    )
    return Conversion(file=file, sentences=len(corpus), tokens=corpus.tokens, notes=notes)


def _refuse_options(text: str, argument: Source, refused: Collection[str]) -> None:
    """Raises `UsageError` for options that a conversion does not look at."""
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
