"""CoNLL-U files, and tags that are the value of a key in MISC."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from seqbench import Corpus, DataError, Sequences, strings
from seqbench_datasets.catalogue._readings import Choice, Reading
from seqbench_datasets.catalogue.entries import CatalogueEntry
from seqbench_datasets.readers._byte_blocks import TextFile
from seqbench_datasets.readers._conllu_table import COLUMNS, Columns, read_table


def read_treebank(path: Path, entry: CatalogueEntry, choice: Choice) -> Reading:
    """CoNLL-U file of an entry."""
    if entry.columns is None:
        raise DataError(f"{entry.title} has no columns")
    columns = Columns(COLUMNS, choice.tags or str(entry.columns.tags), tuple(choice.features or ()))
    corpus = read_table(TextFile(path), columns)
    if choice.tags is None and entry.columns.key:
        corpus = Corpus(corpus.sentences, values_of(corpus.tags, entry.columns.key), corpus.documents)
    return Reading.of(corpus)


def values_of(cells: Sequences, key: str) -> Sequences:
    """Value of a key in each cell like `a=b|c=d`, and O where a cell does not have the key."""
    values = [_value(cell, key) for cell in cells.vocabulary]
    index: dict[str, int] = {}
    ids = np.array([index.setdefault(value, len(index)) for value in values], np.int32)
    return replace(cells, ids=ids[cells.ids], vocabulary=strings(index)).compact()


def _value(cell: str, key: str) -> str:
    pairs = dict(part.partition("=")[::2] for part in cell.split("|"))
    return pairs.get(key) or "O"
