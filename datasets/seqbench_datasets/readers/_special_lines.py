"""Lines of column files that are no tokens: document marks, and comments as published corpora write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from seqbench_datasets.readers._byte_blocks import Block

_MARKED = (b"-DOCSTART-", b"-docstart-", b"#begin document", b"#end document")
_MARK = re.compile(
    rb"^ *(?:(?:-DOCSTART-|-docstart-)(?:-?[Xx]-O?)?|#begin document|(#end document))(?![\w-])", re.MULTILINE
)
_COMMENT = re.compile(rb"# ?(?:id|sent_id|newdoc|newpar|newsent)\b|# ?[\w.:-]+ ?= ?|#\t\S*(?:://|\d\d-\d\d)")
_OPENS = re.compile(rb"# ?(?:[\w-]+:)?(?:document_id|newdoc)\b")


@dataclass
class SpecialLines:
    """Blanks out such lines, block by block.

    A comment stands at the start of a sentence, where no `#` is a word, or has no TAB where the line before has one.
    """

    fresh: bool = True
    comments: int = 0
    example: str = ""
    documents: list[int] = field(default_factory=list)

    def without(self, block: Block) -> Block:
        """The block with blanks in place of such lines; `documents` are then its lines that open a document, from 0."""
        self.documents = []
        data = self._without_documents(block.data)
        if b"\n#" in data or data.startswith(b"#"):
            data = self._without_comments(data)
        self.fresh = not data[data.rfind(b"\n", 0, -1) + 1 :].strip()
        return block if data is block.data else replace(block, data=data)

    def notes(self) -> list[str]:
        """A sentence on the comments that were left out, where there were any."""
        if not self.comments:
            return []
        return [f"{self.comments:,} lines such as {self.example!r} were read as comments, not as tokens"]

    def _without_documents(self, data: bytes) -> bytes:
        if not any(mark in data for mark in _MARKED):
            self.documents = []
            return data
        marks = list(_MARK.finditer(data))
        self.documents = _lines_of(data, [mark.start() for mark in marks if mark[1] is None])
        return _blanked(data, [(mark.start(), data.find(b"\n", mark.end())) for mark in marks])

    def _without_comments(self, data: bytes) -> bytes:
        comments: list[tuple[int, int]] = []
        for start, end in _beginning(data, b"#"):
            if not _COMMENT.match(data, start):
                continue
            before = data[data.rfind(b"\n", 0, max(start - 1, 0)) + 1 : start]
            after_comment = bool(comments) and comments[-1][1] + 1 == start
            fresh = self.fresh if start == 0 else after_comment or not before.strip()
            if fresh or (b"\t" in before and data.find(b"\t", start, end) < 0):
                comments.append((start, end))
        self.comments += len(comments)
        if comments:
            self.example = self.example or data[slice(*comments[0])].decode().strip()[:40]
        opening = [start for start, _ in comments if _OPENS.match(data, start)]
        self.documents = sorted([*self.documents, *_lines_of(data, opening)])
        return _blanked(data, comments)


def _beginning(data: bytes, begin: bytes) -> Iterator[tuple[int, int]]:
    """Where each line with this beginning starts and ends."""
    start = 0 if data.startswith(begin) else data.find(b"\n" + begin) + 1
    while start or data.startswith(begin):
        end = data.find(b"\n", start)
        yield start, end
        start = data.find(b"\n" + begin, end) + 1
        if not start:
            return


def _lines_of(data: bytes, places: Sequence[int]) -> list[int]:
    """Numbers of the lines, from 0, that begin at these places; each part of the data is counted once."""
    lines, line, counted = list[int](), 0, 0
    for position in sorted(places):
        line += data.count(b"\n", counted, position)
        lines.append(line)
        counted = position
    return lines


def _blanked(data: bytes, lines: Sequence[tuple[int, int]]) -> bytes:
    """The data with blanks in place of these lines."""
    pieces, done = [], 0
    for start, end in lines:
        pieces += [data[done:start], b" " * (end - start)]
        done = end
    return b"".join([*pieces, data[done:]]) if pieces else data
