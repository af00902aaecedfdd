"""Writes texts with spans by character, as doccano takes them: JSON lines, a document each."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

from seqbench import Corpus
from seqbench_datasets.writers._spans import check_iob2, lost_layers, spans_of


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write spans of IOB2; a sentence is a line of its text. What is lost is said.

    Words stand between blanks. The file does not read back where a word is not a run of letters or a single character.
    """
    check_iob2(path, corpus)
    bounds = sorted({0, *corpus.documents.tolist(), len(corpus)})
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for start, end in pairwise(bounds):
            file.write(json.dumps(_item(corpus.part(start, end)), ensure_ascii=False) + "\n")
    return [*lost_layers(corpus), *([] if len(corpus.documents) else ["that it has no documents: the file is one"])]


def _item(document: Corpus) -> dict[str, object]:
    """Text of a document and its spans."""
    text, labels = "", list[tuple[int, int, str]]()
    for words, tags in zip(document.sentences, document.tags, strict=True):
        places = [len(text)]
        for word in words:
            places.append(places[-1] + len(word) + 1)
        labels += [(places[start], places[end] - 1, kind) for start, end, kind in spans_of(tags)]
        text += " ".join(words) + "\n"
    return {"text": text.removesuffix("\n"), "label": labels}
