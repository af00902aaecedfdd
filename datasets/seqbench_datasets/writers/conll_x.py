"""Writes CoNLL-X: words as FORM, tags as POSTAG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench import Corpus
from seqbench_datasets.writers._rows import write_rows
from seqbench_datasets.writers._spans import lost_documents

_PLACES = {"lemma": 2, "cpostag": 3, "feats": 5, "deprel": 7, "phead": 8, "pdeprel": 9}


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write tags as POSTAG, layers called like columns there; others, and starts of documents, are lost, and said."""
    layers = list(corpus.sentences.layers)

    def row(number: int, cells: Sequence[str]) -> str:
        written = [str(number), cells[0], "_", "_", cells[-1], "_", "0" if number == 1 else "1", "dep", "_", "_"]
        for name, cell in zip(layers, cells[1:-1], strict=True):
            if name in _PLACES:
                written[_PLACES[name]] = cell
        return "\t".join(written)

    write_rows(path, corpus, "", row)
    return [*(f"the layer {name!r}" for name in layers if name not in _PLACES), *lost_documents(corpus)]
