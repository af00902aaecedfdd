"""Reads plain text: a sentence a line, its words between blanks, all with the tag `_`."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus, UsageError
from seqbench_datasets.readers._byte_blocks import Encoding, Member, Skip, TextFile
from seqbench_datasets.readers._sentences import Sentences, numbered_lines

_NOTE = "plain text has no tags: each word has the tag '_'; --task next-word learns from its words"


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: Encoding = "utf-8",
    skip: Skip = 0,
    member: Member = "",
) -> Corpus:
    """The words of each line that has some. Raises `UsageError` for a column, which text has not."""
    if tags is not None or features:
        raise UsageError(f"{path}: plain text has words alone: leave out ?tags= and ?features=")
    sentences = Sentences(path)
    for line, text in numbered_lines(TextFile(path, encoding, skip, member)):
        words = text.replace("\t", " ").replace("\r", " ").split(" ")
        if words := [word for word in words if word]:
            sentences.add(line, words, ["_"] * len(words), {})
    return sentences.corpus((_NOTE,))
