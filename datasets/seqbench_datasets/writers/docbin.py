"""Writes `DocBin` files of spaCy (.spacy), without spaCy: MessagePack in zlib."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, DataError, Sequences
from seqbench_datasets.readers._spacy_strings import numbers_of_strings
from seqbench_datasets.writers._spans import IOB2

_ORTH, _ENT_IOB, _ENT_TYPE, _SENT_START = 65, 77, 78, 80
_LAYERS = {"lemma": 73, "pos": 74, "tag": 75, "dep": 76, "morph": 453}
_MARKS = {"I": 1, "O": 2, "B": 3}


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write tags of IOB2 as entities, others as `tag`; layers called like attributes go there. What is lost is said.

    Sentences are marked; a document is a text, the whole corpus one where it has none.
    """
    spans = all(IOB2.fullmatch(tag) for tag in corpus.tags.vocabulary) and set(corpus.tags.vocabulary) != {"O"}
    kept = {name: layer for name, layer in corpus.sentences.layers.items() if name in _LAYERS}
    if not spans and "tag" in kept:
        raise DataError(f"{path}: tags go where the layer 'tag' would go, so that this format cannot hold both")
    texts = {
        _ORTH: _texts(path, corpus.sentences),
        **{_LAYERS[name]: _texts(path, layer) for name, layer in kept.items()},
    }
    marks = _entities(corpus.tags) if spans else (None, _texts(path, corpus.tags))
    texts[_ENT_TYPE if spans else _LAYERS["tag"]] = marks[1]
    numbers = numbers_of_strings({text for column in texts.values() for text in column.tolist()})
    columns = {number: np.array([numbers[text] for text in column], np.uint64) for number, column in texts.items()}
    columns[_SENT_START] = _starts(corpus)
    if marks[0] is not None:
        columns[_ENT_IOB] = marks[0]
    path.write_bytes(zlib.compress(msgspec.msgpack.encode(_packed(corpus, columns, sorted(numbers)))))
    lost = [f"the layer {name!r}" for name in corpus.sentences.layers if name not in kept]
    return lost if len(corpus.documents) else [*lost, "that no documents are marked: the whole file is one"]


def _texts(path: Path, sequences: Sequences) -> NDArray[np.object_]:
    forms = sequences.vocabulary
    for number, form in enumerate(forms):
        if not form or form.isspace():
            sentence = np.searchsorted(sequences.offsets, np.argmax(sequences.ids == number), "right")
            raise DataError(f"{path}: a word or tag of this format cannot be {form!r}, as in sentence {sentence:,}")
    return forms[sequences.ids]


def _entities(tags: Sequences) -> tuple[NDArray[np.uint64], NDArray[np.object_]]:
    """Marks and types of entities of all tokens: (tokens,) each."""
    marks = np.array([_MARKS[tag[0]] for tag in tags.vocabulary], np.uint64)
    kinds = np.array([tag[2:] for tag in tags.vocabulary], object)
    return marks[tags.ids], kinds[tags.ids]


def _starts(corpus: Corpus) -> NDArray[np.uint64]:
    """1 where a sentence starts, else -1, as spaCy has it: (tokens,)."""
    starts = np.full(corpus.tokens, -1, np.int64)
    offsets = corpus.sentences.offsets
    starts[offsets[:-1][np.diff(offsets) > 0]] = 1
    return starts.astype(np.uint64)


def _packed(corpus: Corpus, columns: dict[int, NDArray[np.uint64]], strings: list[str]) -> dict[str, object]:
    """Content of a file."""
    attributes = sorted(columns)
    bounds = corpus.sentences.offsets[sorted({0, *corpus.documents.tolist(), len(corpus)})]
    texts = len(bounds) - 1
    return {
        "version": "0.1",
        "attrs": attributes,
        "tokens": np.stack([columns[number] for number in attributes], 1).astype("<u8").tobytes(),
        "spaces": np.ones(corpus.tokens, bool).tobytes(),
        "lengths": np.diff(bounds).astype("<i4").tobytes(),
        "strings": [text for text in strings if text],
        "cats": [{}] * texts,
        "flags": [{"has_unknown_spaces": True}] * texts,
        "span_groups": [b""] * texts,
    }
