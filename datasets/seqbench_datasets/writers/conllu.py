"""Writes CoNLL-U: words as FORM, tags as UPOS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench import Corpus
from seqbench_datasets.writers._rows import write_rows


def write(path: Path, corpus: Corpus) -> list[str]:
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

    write_rows(path, corpus, "# newdoc\n", row)
    return [f"the layer {name!r}" for name in layers if name not in names]
