"""Tags of IOB2 as spans, for formats that hold spans and no tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from seqbench import Corpus, DataError

IOB2 = re.compile(r"O|[BI]-\S+")


def check_iob2(path: Path, corpus: Corpus) -> None:
    """Raises `DataError` unless every tag is one of IOB2, since others could not be read back."""
    for tag in corpus.tags.vocabulary[sorted(set(corpus.tags.ids.tolist()))]:
        if not IOB2.fullmatch(tag):
            raise DataError(f"{path}: this format holds spans, and {tag!r} is no tag of IOB2 (try --scheme IOB2)")


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """First token, the one behind the last, and type of each span."""
    spans: list[tuple[int, int, str]] = []
    for position, tag in enumerate(tags):
        if tag[0] == "B":
            spans.append((position, position + 1, tag[2:]))
        elif tag[0] == "I" and spans and spans[-1][1:] == (position, tag[2:]):
            spans[-1] = (spans[-1][0], position + 1, tag[2:])
    return spans


def lost_layers(corpus: Corpus) -> list[str]:
    """Words for what a format without layers does not hold."""
    return [f"the layer {name!r}" for name in corpus.sentences.layers]


def lost_documents(corpus: Corpus) -> list[str]:
    """Words for what a format without documents does not hold."""
    return ["the starts of documents"] if len(corpus.documents) else []
