"""Writes texts with spans by character, a document each: for doccano (JSON lines) or for Label Studio (JSON)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from seqbench import Corpus
from seqbench_datasets.writers._spans import check_iob2, lost_layers, spans_of

_LABEL_STUDIO = (".labelstudio", ".json")


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write spans of IOB2; a sentence is a line of its text. What is lost is said.

    Files called `.labelstudio` or `.json` are a list of Label Studio's tasks, others are lines of doccano.
    Words stand between blanks. The file does not read back where a word is not a run of letters or a single character.
    """
    check_iob2(path, corpus)
    bounds = sorted({0, *corpus.documents.tolist(), len(corpus)})
    with path.open("w", encoding="utf-8", newline="\n") as file:
        items = [_item(corpus.part(start, end)) for start, end in pairwise(bounds)]
        if path.suffix in _LABEL_STUDIO:
            tasks = [_task(number, text, labels) for number, (text, labels) in enumerate(items, start=1)]
            file.write(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
        else:
            for text, labels in items:
                file.write(json.dumps({"text": text, "label": labels}, ensure_ascii=False) + "\n")
    return [
        *lost_layers(corpus),
        *([] if len(corpus.documents) else ["that no documents are marked: the whole file is one"]),
    ]


def _item(document: Corpus) -> tuple[str, list[tuple[int, int, str]]]:
    """Text of a document and its spans."""
    text, labels = "", list[tuple[int, int, str]]()
    for words, tags in zip(document.sentences, document.tags, strict=True):
        places = [len(text)]
        for word in words:
            places.append(places[-1] + len(word) + 1)
        labels += [(places[start], places[end] - 1, kind) for start, end, kind in spans_of(tags)]
        text += " ".join(words) + "\n"
    return text.removesuffix("\n"), labels


def _task(number: int, text: str, labels: list[tuple[int, int, str]]) -> Mapping[str, object]:
    """A task with one annotation, as Label Studio exports and imports it for its template of named entities."""
    result = [
        {
            "id": f"{number}-{label_number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": text[start:end], "labels": [kind]},
        }
        for label_number, (start, end, kind) in enumerate(labels, start=1)
    ]
    return {"id": number, "data": {"text": text}, "annotations": [{"id": number, "result": result}]}
