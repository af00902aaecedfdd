"""Writers of column files and CoNLL-U: a corpus as text that the readers read back as the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from seqbench import Corpus, DataError


def columns(path: Path, corpus: Corpus) -> list[str]:
    """Write word, layers and tag between TABs, and `-DOCSTART-` where a document opens; nothing is lost."""
    width = 1 + len(corpus.sentences.layers)
    _write(path, corpus, "-DOCSTART-" + "\t-X-" * (width - 1) + "\tO\n\n", lambda _, cells: "\t".join(cells))
    return []


def conllu(path: Path, corpus: Corpus) -> list[str]:
    """Write words as FORM and tags as UPOS; layers called like columns go there, others are lost, and said."""
    names = ("lemma", "xpos", "feats", "deprel", "misc")
    places = {"lemma": 2, "xpos": 4, "feats": 5, "deprel": 7, "misc": 9}
    layers = list(corpus.sentences.layers)

    def row(number: int, cells: Sequence[str]) -> str:
        written = [str(number), cells[0], "_", cells[-1], "_", "_", "0" if number == 1 else "1", "dep", "_", "_"]
        for name, cell in zip(layers, cells[1:-1], strict=True):
            if name in names:
                written[places[name]] = cell
        return "\t".join(written)

    _write(path, corpus, "# newdoc\n", row)
    return [f"the layer {name!r}" for name in layers if name not in names]


def _write(path: Path, corpus: Corpus, opening: str, row: Callable[[int, Sequence[str]], str]) -> None:
    documents = set(corpus.documents.tolist())
    parallel = [corpus.sentences, *corpus.sentences.layers.values(), corpus.tags]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, sequences in enumerate(zip(*parallel, strict=True)):
            lines = [opening] if number in documents else []
            for place, cells in enumerate(zip(*sequences, strict=True), start=1):
                _check(path, cells)
                lines.append(row(place, cells) + "\n")
            file.write("".join(lines) + "\n")


def _check(path: Path, cells: Sequence[str]) -> None:
    for cell in cells:
        if not cell or "\t" in cell or "\n" in cell or cell != cell.strip(" \r"):
            raise DataError(f"{path}: a cell of this format cannot hold {cell!r}")
