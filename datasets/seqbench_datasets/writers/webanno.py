"""Writes WebAnno's and INCEpTION's TSV 3: spans of IOB2 as named entities, other tags as parts of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.writers._spans import IOB2, lost_documents, spans_of

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
_SPANS, _PARTS = f"{_DKPRO}.ner.type.NamedEntity|value", f"{_DKPRO}.lexmorph.type.pos.POS|PosValue"
_RESERVED = re.compile(r"->|[\\\[\]|_;*]")
_TAKEN = ("value", "PosValue", "Layers")


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write words, tags and layers; layers are features of the layer `webanno.custom.Layers`. What is lost is said."""
    used = corpus.tags.vocabulary[sorted(set(corpus.tags.ids.tolist()))]
    spans = all(IOB2.fullmatch(tag) for tag in used)
    layers = corpus.sentences.layers
    for name in layers:
        if name in _TAKEN or not re.fullmatch(r"[\w-]+", name):
            raise DataError(f"{path}: a feature of this format cannot be called {name!r}")
    parallel = zip(corpus.sentences, corpus.tags, *layers.values(), strict=True)
    position = spans_before = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"#FORMAT=WebAnno TSV 3.3\n#T_SP={_SPANS if spans else _PARTS}\n")
        file.write("#T_SP=" + "|".join(["webanno.custom.Layers", *layers]) + "\n\n\n" if layers else "\n\n")
        for number, (words, tags, *values) in enumerate(parallel, start=1):
            _check(path, (*words, *tags, *(value for layer in values for value in layer)))
            features = [_numbered(tags, spans_before) if spans else map(_escaped, tags)]
            columns = zip(*features, *(map(_escaped, layer) for layer in values), strict=True)
            file.write(f"#Text={' '.join(words)}\n")
            file.writelines(_rows(number, position, words, columns))
            file.write("\n")
            position += _length(" ".join(words)) + 1
            spans_before += len(spans_of(tags)) if spans else 0
    return lost_documents(corpus)


def _rows(number: int, position: int, words: Sequence[str], columns: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """A line for each token: its number, where it lies in the text, the word and its features."""
    for token, (word, cells) in enumerate(zip(words, columns, strict=True), start=1):
        end = position + _length(word)
        yield "\t".join([f"{number}-{token}", f"{position}-{end}", word, *cells]) + "\n"
        position = end + 1


def _numbered(tags: Sequence[str], before: int) -> list[str]:
    """Each span's type at its tokens, with a number where a span has several of them; `_` elsewhere."""
    cells = ["_"] * len(tags)
    for number, (start, end, kind) in enumerate(spans_of(tags), start=before + 1):
        several = f"[{number}]" if end - start > 1 else ""
        cells[start:end] = [_escaped(kind) + several] * (end - start)
    return cells


def _escaped(value: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", value)


def _length(text: str) -> int:
    """Length in UTF-16 units, in which the format counts."""
    return len(text.encode("utf-16-le")) // 2


def _check(path: Path, cells: Sequence[str]) -> None:
    for cell in cells:
        if not cell or re.search(r"[\t\n\r]", cell):
            raise DataError(f"{path}: a cell of this format cannot hold {cell!r}")
