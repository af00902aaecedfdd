"""Reads and writes JSON: one object a line, or a list of objects, with the words and the tags of a sentence each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from seqbench import Corpus, DataError
from seqbench_datasets.readers import annotated_text
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._byte_blocks import Encoding, Member, SkipBad, TextFile
from seqbench_datasets.readers._json_items import json_items
from seqbench_datasets.readers._lists_by_key import TAGS, WORDS, is_annotated, key_of, texts_of
from seqbench_datasets.readers._sentences import Sentences

_SHOWN = 60


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    words: Annotated[str, "key of the words"] = "",
    names: Annotated[str, "names of tags that are numbers, by comma: O,B-PER,I-PER"] = "",
    encoding: Encoding = "utf-8",
    member: Member = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words under `tokens` (or `words`) with the tags under `tags`, `ner_tags`, `labels` or the key asked for.

    `features` are further keys. An object with `"document": true` opens a document. Numbers as tags are named by
    `names`, else they stay numbers as text. Texts with spans are read as `annotated_text` does.
    `DataError` names file, line and what was expected.
    """
    sentences, named = Sentences(path, BadLines(bool(skip_bad))), names.split(",") if names else []
    for line, text, item in json_items(TextFile(path, encoding, member=member)):
        where = f"{path}:{line}"
        with sentences.line(line, text):
            content = _object(where, item())
            if not sentences.words and not (tags or features or words) and is_annotated(content):
                break
            words_key = key_of(where, content, words, WORDS, "words")
            tags_key = key_of(where, content, tags or "", TAGS, "tags")
            layers = {name: texts_of(where, content, name, []) for name in features}
            if content.get("document") is True:
                sentences.documents.append(len(sentences.words))
            tokens, tagged = texts_of(where, content, words_key, []), texts_of(where, content, tags_key, named)
            sentences.add(line, tokens, tagged, layers)
    else:
        return sentences.corpus()
    return _with_spans(path, encoding, member, skip_bad)


def _with_spans(path: Path, encoding: str, member: str, skip_bad: SkipBad) -> Corpus:
    """The corpus of texts with spans, and a note on what they are."""
    corpus = annotated_text.read(path, encoding=encoding, member=member, skip_bad=skip_bad)
    note = "holds texts with spans by character: read as by ?reader=annotated-text"
    return replace(corpus, notes=(*corpus.notes, note))


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write one object a line; nothing is lost."""
    opening = set(corpus.documents.tolist())
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, (words, tags) in enumerate(zip(corpus.sentences, corpus.tags, strict=True)):
            layers = {name: layer[number] for name, layer in corpus.sentences.layers.items()}
            item = {"tokens": words, "tags": tags, **layers, **({"document": True} if number in opening else {})}
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
    return []


def _object(where: str, content: object) -> Mapping[str, object]:
    """The object of a line, or an item of a list."""
    if not isinstance(content, dict):
        raise DataError(f"{where}: expected an object with tokens and tags, was: {str(content)[:_SHOWN]!r}")
    return content
