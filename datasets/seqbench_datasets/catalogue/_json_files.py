"""JSON files: a list of objects with tokens and tags, and the pieces of text of Snips."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from seqbench import Corpus, DataError
from seqbench_datasets.catalogue._readings import Choice, Reading
from seqbench_datasets.catalogue.entries import LIMIT, CatalogueEntry
from seqbench_datasets.catalogue.verification import content_of


class _Sentence(Struct):
    tokens: list[str]
    ner_tags: list[str]


class _Piece(Struct):
    text: str
    entity: str = ""


class _Utterance(Struct):
    data: list[_Piece]


def read_token_objects(path: Path, _entry: CatalogueEntry, _choice: Choice) -> Reading:
    """A list of objects, each a sentence with `tokens` and `ner_tags`."""
    sentences = [s for s in _decoded(path, content_of(path, LIMIT), list[_Sentence]) if s.tokens]
    for number, sentence in enumerate(sentences, start=1):
        if len(sentence.tokens) != len(sentence.ner_tags):
            counts = f"{len(sentence.tokens)} tokens and {len(sentence.ner_tags)} tags"
            raise DataError(f"{path}: object {number} has {counts}")
    return Reading.of(Corpus.encode([s.tokens for s in sentences], [s.ner_tags for s in sentences]))


def read_snips(path: Path, _entry: CatalogueEntry, _choice: Choice) -> Reading:
    """Utterances of intents as pieces of text with or without entity; tokens are pieces cut at blanks."""
    text = content_of(path, LIMIT).decode("utf-8", "surrogatepass")  # one file has surrogates, which UTF-8 has not
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    intents = _decoded(path, whole, dict[str, list[_Utterance]])
    pairs = [list(_tagged(utterance)) for utterances in intents.values() for utterance in utterances]
    pairs = [sentence for sentence in pairs if sentence]
    if not pairs:
        raise DataError(f"{path}: holds no utterance")
    return Reading.of(Corpus.encode([[w for w, _ in s] for s in pairs], [[t for _, t in s] for s in pairs]))


def _tagged(utterance: _Utterance) -> Iterator[tuple[str, str]]:
    for piece in utterance.data:
        for number, word in enumerate(piece.text.split()):
            yield word, f"{'I' if number else 'B'}-{piece.entity}" if piece.entity else "O"


def _decoded(path: Path, content: bytes, kind: Any) -> Any:
    try:
        return msgspec.convert(json.loads(content), kind)
    except (msgspec.ValidationError, ValueError) as error:
        raise DataError(f"{path}: is not the JSON that is expected here: {error}") from error
