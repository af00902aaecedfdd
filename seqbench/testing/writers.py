"""Promises of writers: a file that reads back as what was written, alone in its place, and a word on what it lacks.

A writer is tried on sentences with parts of speech; one that refuses these, since its format holds spans, on spans.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import numpy as np

from seqbench.contracts.hooks import THE_TAGS
from seqbench.data.corpus import Corpus
from seqbench.errors import SeqbenchError
from seqbench.testing.examples import corpus
from seqbench.testing.promise import Make, Promise, require

_FIRST_OF_SECOND_DOCUMENT = 2


@dataclass(frozen=True)
class FileWriter:
    """A writer's function, how its files are read again, and an ending of theirs."""

    write: Callable[[Path, Corpus], Sequence[str]]
    read: Callable[[Path], Corpus]
    suffix: str = ".txt"


@contextmanager
def _place(writer: FileWriter) -> Iterator[Path]:
    """A path for a file, alone in its folder until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / f"example{writer.suffix}"


def _spans() -> Corpus:
    """A few sentences with names, in IOB2."""
    pairs = (("Anna Lee saw Rome", "B-PER I-PER O B-LOC"), ("she ran", "O O"), ("Rome fell", "B-LOC O"))
    return Corpus.encode([words.split() for words, _ in pairs], [tags.split() for _, tags in pairs])


def _example(writer: FileWriter) -> Corpus:
    """Sentences that the format of a writer holds."""
    with _place(writer) as path:
        try:
            writer.write(path, corpus())
        except SeqbenchError:
            return _spans()
    return corpus()


def _reads_back(make: Make) -> None:
    writer = make()
    example = _example(writer)
    with _place(writer) as path:
        lost = writer.write(path, example)
        again = writer.read(path)
    pairs = {"words": (again.sentences, example.sentences), "tags": (again.tags, example.tags)}
    if THE_TAGS in lost:
        del pairs["tags"]
    for what, (read, own) in pairs.items():
        first = next(((a, b) for a, b in zip(map(list, own), map(list, read), strict=False) if a != b), None)
        require(first is None, f"the {what} {first and first[0]!r} read back as {first and first[1]!r}")
        require(len(read) == len(own), f"{len(own)} sentences read back as {len(read)}")


def _tells(make: Make) -> None:
    writer = make()
    example = replace(_example(writer), documents=np.array([0, _FIRST_OF_SECOND_DOCUMENT]))
    with _place(writer) as path:
        lost = writer.write(path, example)
        again = writer.read(path)
    require(not isinstance(lost, str), "it gave one text; it must give a list of sentences on what is lost")
    others = [part for part in lost if not isinstance(part, str)]
    require(not others, f"it said {others[:1]!r} of what is lost, which is no text")
    kept = again.documents.tolist() == example.documents.tolist()
    require(kept or lost, "the marks of documents do not read back, and it said nothing of it")


def _alone(make: Make) -> None:
    writer = make()
    with _place(writer) as path:
        writer.write(path, _example(writer))
        names = sorted(other.name for other in path.parent.iterdir())
    require(path.name in names, "there is no file where it was to write one")
    require(names == [path.name], f"beside the file now lie {[name for name in names if name != path.name]!r}")


def _same_again(make: Make) -> None:
    writer, texts = make(), []
    for _ in range(2):
        with _place(writer) as path:
            writer.write(path, _example(writer))
            texts.append(path.read_bytes() if path.is_file() else b"")
    require(texts[0] == texts[1], "the same corpus, written twice, gave two different files")


def _replaces(make: Make) -> None:
    writer, texts = make(), []
    for earlier in (b"", b"an earlier file\n" * 500):
        with _place(writer) as path:
            path.write_bytes(earlier)
            writer.write(path, _example(writer))
            texts.append(path.read_bytes())
    require(texts[0] == texts[1], "of an earlier file in the same place something is left")


def _silent(make: Make) -> None:
    writer = make()
    with _place(writer) as path, redirect_stdout(StringIO()) as printed:
        writer.write(path, _example(writer))
    require(not printed.getvalue(), f"it printed {printed.getvalue()[:100]!r}; standard output is for results")


WRITERS = (
    Promise("reads-back", "writes words and tags that read back as they were", _reads_back),
    Promise("tells-what-is-lost", "says in sentences what its format does not hold", _tells),
    Promise("one-file", "writes the file that it is told, and no other", _alone),
    Promise("same-again", "writes the same file for the same corpus", _same_again),
    Promise("replaces", "leaves nothing of an earlier file", _replaces),
    Promise("silent", "prints nothing", _silent),
)
