"""Reads texts with spans by character, as Label Studio and doccano export them, as tokens with tags of IOB2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from seqbench import Corpus, DataError
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._byte_blocks import Encoding, Member, TextFile
from seqbench_datasets.readers._json_items import json_items
from seqbench_datasets.readers._sentences import Sentences

Span: TypeAlias = tuple[int, int, str]
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SPANS = ("label", "labels", "entities", "spans")
_KINDS = ("labels", "hypertextlabels", "paragraphlabels")


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    text: Annotated[str, "key of the text"] = "text",
    encoding: Encoding = "utf-8",
    member: Member = "",
    skip_bad: Annotated[Literal[0, 1], "1: malformed items are left out, and counted"] = 0,
) -> Corpus:
    """Tokens of each text with tags of IOB2: JSON lines of doccano, JSON or JSON-MIN of Label Studio.

    Tokens are runs of letters and digits, and single other characters; one that a span cuts is cut. A line of a text is
    a sentence, an item a document. Of several annotations of a task the first counts. `DataError` names file, line and
    what was expected.
    """
    if tags or features:
        raise DataError(f"{path}: texts with spans have no columns, so that ?tags= and ?features= choose nothing")
    sentences = Sentences(path, BadLines(bool(skip_bad)))
    for line, shown, item in json_items(TextFile(path, encoding, member=member)):
        with sentences.line(line, shown):
            content, spans = _annotated(f"{path}:{line}", _object(f"{path}:{line}", item()), text)
            tokens = _tokens(f"{path}:{line}", content, spans)
            first = len(sentences.words)
            for words, roles in _lines(content, tokens):
                sentences.add(line, words, roles)
            sentences.documents += [first] if len(sentences.words) > first else []
    return sentences.corpus()


def _annotated(where: str, item: Mapping[str, object], key: str) -> tuple[str, list[Span]]:
    """The text of an item, and its spans."""
    data = item.get("data", item)
    text = data.get(key) if isinstance(data, dict) else None
    if not isinstance(text, str):
        raise DataError(f"{where}: has no text under {key!r}; name its key with ?text=")
    listed = next((item[name] for name in _SPANS if isinstance(item.get(name), list)), [])
    annotations = item.get("annotations") or item.get("completions")
    if isinstance(annotations, list) and annotations and isinstance(annotations[0], dict):
        listed = annotations[0].get("result", [])
    spans = [span for entry in listed if (span := _span(where, entry)) is not None] if isinstance(listed, list) else []
    return text, sorted(spans)


def _span(where: str, entry: object) -> Span | None:
    """Start, end and type of a span, in any of the ways to write one; None for what is no span of text."""
    if isinstance(entry, list) and len(entry) == 3:  # noqa: PLR2004 -- start, end, type
        start, end, kind = entry
    elif isinstance(entry, dict):
        if entry.get("type", "labels") not in _KINDS and "value" in entry:
            return None
        value = entry.get("value", entry)
        start, end = (value.get(name, value.get(f"{name}_offset")) for name in ("start", "end"))
        kind = next((value[name] for name in (*_KINDS, "label") if name in value), None)
        kind = kind[0] if isinstance(kind, list) and kind else kind
    else:
        raise DataError(f"{where}: expected a span with start, end and label, was: {str(entry)[:60]!r}")
    if type(start) is not int or type(end) is not int or not isinstance(kind, str) or not kind:
        raise DataError(f"{where}: expected a span with start, end and label, was: {str(entry)[:60]!r}")
    return start, end, re.sub(r"\s+", "_", kind.strip())


def _tokens(where: str, text: str, spans: list[Span]) -> list[tuple[int, int, str]]:
    """Start and end of each token, and its tag. Raises `DataError` if spans overlap or hold no token."""
    edges = {edge for start, end, _ in spans for edge in (start, end)}
    pieces = [piece for match in _TOKEN.finditer(text) for piece in _cut(match.start(), match.end(), edges)]
    tagged, number, begun = list[tuple[int, int, str]](), 0, -1
    for (_, end, _), (start, _, kind) in pairwise(spans):
        if start < end:
            raise DataError(f"{where}: the span {kind!r} from {start} on overlaps another; IOB2 cannot hold both")
    for start, end in pieces:
        while number < len(spans) and spans[number][1] <= start:
            number += 1
        inside = number < len(spans) and spans[number][0] <= start
        role = "I" if begun == number else "B"
        tagged.append((start, end, f"{role}-{spans[number][2]}" if inside else "O"))
        begun = number if inside else begun
    if len({tag for _, _, tag in tagged if tag != "O"}) == 0 and spans:
        raise DataError(f"{where}: its spans hold no token of the text")
    return tagged


def _cut(start: int, end: int, edges: set[int]) -> Iterator[tuple[int, int]]:
    """Parts of a token between the edges of spans."""
    places = [start, *(position for position in range(start + 1, end) if position in edges), end]
    yield from pairwise(places)


def _lines(text: str, tokens: list[tuple[int, int, str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of each line of a text."""
    words, tags, done = list[str](), list[str](), 0
    for start, end, tag in tokens:
        if "\n" in text[done:start] and words:
            yield words, tags
            words, tags = [], []
        words.append(text[start:end])
        tags.append(tag)
        done = end
    if words:
        yield words, tags


def _object(where: str, item: object) -> Mapping[str, object]:
    if not isinstance(item, dict):
        raise DataError(f"{where}: expected an object with a text and spans, was: {str(item)[:60]!r}")
    return item


read.example = '{"text": "Anna left.", "label": [[0, 4, "PER"]]}\n'  # type: ignore[attr-defined]
