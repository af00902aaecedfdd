"""Writes CSV with a header: the number of the sentence, the word, its layers, its tag."""

from __future__ import annotations

import csv
from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.writers._spans import lost_documents

_OWN = {"sentence", "word", "tag"}


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write one token a row, sentences numbered from 1; starts of documents are lost, and said."""
    layers = corpus.sentences.layers
    for name in layers:
        if name.casefold() in _OWN:
            raise DataError(f"{path}: a layer cannot be called {name!r} in this format, as a column of its own is")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["sentence", "word", *layers, "tag"])
        parallel = zip(corpus.sentences, *layers.values(), corpus.tags, strict=True)
        for number, sentence in enumerate(parallel, start=1):
            rows.writerows([number, *cells] for cells in zip(*sentence, strict=True))
    return lost_documents(corpus)
