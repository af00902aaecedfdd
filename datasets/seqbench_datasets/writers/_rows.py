"""Sentences as rows of cells, one token each, that the readers read back as the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from seqbench import Corpus, DataError


def write_rows(
    path: Path, corpus: Corpus, opening: str, row: Callable[[int, Sequence[str]], str], *, first: str = ""
) -> None:
    """Write each token as a row of its number, word, layers and tag; `opening` goes before a document."""
    documents = set(corpus.documents.tolist())
    parallel = [corpus.sentences, *corpus.sentences.layers.values(), corpus.tags]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(first)
        for number, sequences in enumerate(zip(*parallel, strict=True)):
            lines = [opening] if number in documents else []
            for position, cells in enumerate(zip(*sequences, strict=True), start=1):
                _check(path, cells)
                lines.append(row(position, cells) + "\n")
            file.write("".join(lines) + "\n")


def _check(path: Path, cells: Sequence[str]) -> None:
    for cell in cells:
        if not cell or "\t" in cell or "\n" in cell or cell != cell.strip(" \r"):
            raise DataError(f"{path}: a cell of this format cannot hold {cell!r}")
