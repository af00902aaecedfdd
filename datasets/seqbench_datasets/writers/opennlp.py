"""Writes OpenNLP's marked text: a sentence a line, spans between `<START:type>` and `<END>`."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.writers._spans import check_iob2, lost_layers, spans_of


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write spans of IOB2, and an empty line before each document but the first; layers are lost, and said."""
    check_iob2(path, corpus)
    opening = set(corpus.documents.tolist()) - {0}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, (words, tags) in enumerate(zip(corpus.sentences, corpus.tags, strict=True)):
            pieces = _pieces(f"{path}: sentence {number + 1:,}", words, tags)
            file.write("\n" * (number in opening) + " ".join(pieces) + "\n")
    alone = ["that it is one document"] if corpus.documents.tolist() == [0] else []
    return [*lost_layers(corpus), *alone]


def _pieces(sentence: str, words: list[str], tags: list[str]) -> list[str]:
    """Words, those of a span between its marks."""
    pieces = list(words)
    for word in words:
        if len(word.split()) != 1 or word.startswith("<START") or word == "<END>":
            raise DataError(f"{sentence}: a word of this format cannot be {word!r}")
    for start, end, kind in spans_of(tags):
        pieces[start] = f"<START:{kind}> {pieces[start]}"
        pieces[end - 1] += " <END>"
    return pieces
