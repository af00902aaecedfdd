"""Reads OpenNLP's marked text: a sentence a line, spans between `<START:type>` and `<END>`, as tags of IOB2."""

from __future__ import annotations

import re
from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._byte_blocks import Encoding, Member, Skip, SkipBad, TextFile
from seqbench_datasets.readers._sentences import Sentences, numbered_lines

_START = re.compile(r"<START(?::([^\s<>]+))?>")
_UNNAMED = "default"


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: Encoding = "utf-8",
    skip: Skip = 0,
    member: Member = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words between blanks with tags of IOB2; a blank line opens a document. `<START>` has the type `default`.

    `DataError` names file, line and what was expected.
    """
    if tags or features:
        raise DataError(f"{path}: OpenNLP's format has no columns, so that ?tags= and ?features= choose nothing")
    sentences, opens = Sentences(path, BadLines(bool(skip_bad))), False
    for line, text in numbered_lines(TextFile(path, encoding, skip, member)):
        if not text.strip():
            opens = bool(sentences.words)
            continue
        with sentences.line(line, text):
            words, roles = _tagged(path, line, text.split())
            if opens and words:
                sentences.documents += [len(sentences.words)] if sentences.documents else [0, len(sentences.words)]
            sentences.add(line, words, roles)
            opens = False
    return sentences.corpus()


def _tagged(path: Path, line: int, pieces: list[str]) -> tuple[list[str], list[str]]:
    """Words and tags of a line."""
    words, tags, kind, fresh = list[str](), list[str](), "", False
    for piece in pieces:
        if start := _START.fullmatch(piece):
            if kind:
                raise DataError(f"{path}:{line}: {piece} stands inside of another span")
            kind, fresh = start[1] or _UNNAMED, True
        elif piece == "<END>":
            if not kind or fresh:
                raise DataError(f"{path}:{line}: <END> ends no span, or one without a word")
            kind = ""
        else:
            words.append(piece)
            tags.append(f"{'B' if fresh else 'I'}-{kind}" if kind else "O")
            fresh = False
    if kind:
        raise DataError(f"{path}:{line}: the span of type {kind!r} has no <END>")
    return words, tags


read.example = "<START:person> Anna Smith <END> left .\n"  # type: ignore[attr-defined]
