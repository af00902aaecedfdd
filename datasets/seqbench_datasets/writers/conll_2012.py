"""Writes CoNLL-2012: the eleven columns of OntoNotes, spans of entities in brackets."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.writers._spans import check_iob2, spans_of

_PLACES = {"pos": 4, "parse": 5, "lemma": 6, "frameset": 7, "sense": 8, "speaker": 9}


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write spans of IOB2; layers called like columns go there, others are lost, and said, as is that a document opens.

    The file is one document where the corpus has none.
    """
    check_iob2(path, corpus)
    layers = {name: layer for name, layer in corpus.sentences.layers.items() if name in _PLACES}
    opening = {*corpus.documents.tolist(), 0}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, (words, tags) in enumerate(zip(corpus.sentences, corpus.tags, strict=True)):
            if number in opening:
                file.write("#end document\n" * (number > 0) + f"#begin document ({number}); part 000\n")
            cells = {_PLACES[name]: layer[number] for name, layer in layers.items()}
            file.writelines(_rows(path, words, brackets(tags), cells))
            file.write("\n")
        file.write("#end document\n")
    lost = [f"the layer {name!r}" for name in corpus.sentences.layers if name not in _PLACES]
    return lost if len(corpus.documents) else [*lost, "that no documents are marked: the whole file is one"]


def brackets(tags: list[str]) -> list[str]:
    """The spans of a sentence as `(PER*`, `*`, `*)`, and `(PER)` where one is a single token."""
    cells = ["*"] * len(tags)
    for start, end, kind in spans_of(tags):
        if end - start == 1:
            cells[start] = f"({kind})"
        else:
            cells[start], cells[end - 1] = f"({kind}*", "*)"
    return cells


def _rows(path: Path, words: list[str], marks: list[str], layers: dict[int, list[str]]) -> list[str]:
    """The lines of a sentence."""
    rows = []
    for number, (word, mark) in enumerate(zip(words, marks, strict=True)):
        cells = ["x", "0", str(number), word, *"-*----", mark, "-"]
        for column, layer in layers.items():
            cells[column] = layer[number]
        if any(len(cell.split()) != 1 for cell in cells):
            raise DataError(f"{path}: a cell of this format cannot have a blank, was: {cells}")
        rows.append(" ".join(cells) + "\n")
    return rows
