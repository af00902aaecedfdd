"""Reads and writes word/TAG and word_TAG: a sentence a line, each word joined to its tag."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from seqbench import Corpus, DataError
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._byte_blocks import Encoding, Member, Skip, SkipBad, TextFile
from seqbench_datasets.readers._sentences import Sentences, numbered_lines

_USUAL = ("###", "/", "_", "|")


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    separator: Annotated[str, "between word and tag; /, _, | or ### if left out, whichever all words have"] = "",
    encoding: Encoding = "utf-8",
    skip: Skip = 0,
    member: Member = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words with the tags behind the last separator; with several (`word|POS|IOB`) the parts go by number.

    `tags` is the number of a part, from 1 (the word); the last one unless said otherwise. `DataError` names file, line
    and what was expected.
    """
    sentences, joint = Sentences(path, BadLines(bool(skip_bad))), separator
    whole, notes = bool(tags or features), list[str]()
    for line, text in numbered_lines(TextFile(path, encoding, skip, member)):
        pieces = [piece for piece in re.split("[ \t]+", text.rstrip("\r")) if piece]
        if not pieces:
            continue
        with sentences.line(line, text):
            joint = joint or _joint(path, line, pieces)
            if not sentences.words and not whole and (several := _several(pieces, joint)):
                whole, notes = (
                    True,
                    [f"words have {several} parts ({pieces[0]!r}): the first is the word, the last its tag"],
                )
            parts = [_parted(path, line, piece, joint, whole=whole) for piece in pieces]
            places = {name: _place(path, line, name, parts) for name in features}
            column = _place(path, line, tags, parts) if tags else -1
            layers = {name: [part[number] for part in parts] for name, number in places.items()}
            sentences.add(line, [part[0] for part in parts], [part[column] for part in parts], layers)
    return sentences.corpus(tuple(notes))


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write a sentence a line; layers and document starts are lost, which is returned as sentences."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for words, tags in zip(corpus.sentences, corpus.tags, strict=True):
            for text in (*words, *tags):
                if " " in text or "\n" in text or "\t" in text:
                    raise DataError(f"{path}: {text!r} has a blank, which word/TAG cannot hold")
            if any("/" in tag for tag in tags):
                raise DataError(f"{path}: a tag has '/', which word/TAG cannot hold")
            file.write(" ".join(f"{word}/{tag}" for word, tag in zip(words, tags, strict=True)) + "\n")
    lost = [f"the layer {name!r}" for name in corpus.sentences.layers]
    return [*lost, *(["the starts of documents"] if len(corpus.documents) else [])]


def _joint(path: Path, line: int, pieces: list[str]) -> str:
    for joint in _USUAL:
        if all(joint in piece[1:] for piece in pieces):
            return joint
    raise DataError(f"{path}:{line}: no separator stands in every word; name it with ?separator=: {pieces[0][:60]!r}")


def _several(pieces: list[str], joint: str) -> int:
    """Number of parts if all words have as many, and more than two; words may hold `/` and `_` of their own."""
    counts = {piece.count(joint) + 1 for piece in pieces}
    return max(counts) if joint in {"|", "###"} and len(counts) == 1 and max(counts) > 2 else 0  # noqa: PLR2004 -- the word and its tag


def _parted(path: Path, line: int, piece: str, joint: str, *, whole: bool) -> list[str]:
    parts = piece.split(joint) if whole else piece.rsplit(joint, 1)
    if len(parts) < 2 or not parts[0]:  # noqa: PLR2004 -- the word and its tag
        raise DataError(f"{path}:{line}: expected word{joint}TAG, was: {piece[:60]!r}")
    return parts


def _place(path: Path, line: int, name: str, parts: list[list[str]]) -> int:
    least = min(map(len, parts))
    if not name.isdecimal() or not 1 <= int(name) <= least:
        raise DataError(f"{path}:{line}: has no part {name!r}; choose a number from 1 to {least}")
    return int(name) - 1
