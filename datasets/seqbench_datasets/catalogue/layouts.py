"""Layouts of the catalogue's files, each with the function that reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from seqbench import DataError
from seqbench_datasets.catalogue._bracketed import read_brackets
from seqbench_datasets.catalogue._column_files import read_columns
from seqbench_datasets.catalogue._json_files import read_snips, read_token_objects
from seqbench_datasets.catalogue._letters import read_bars, read_hyphens, read_morphemes
from seqbench_datasets.catalogue._readings import Choice, Reading
from seqbench_datasets.catalogue._tagged_text import read_tagged_text
from seqbench_datasets.catalogue._treebanks import read_treebank
from seqbench_datasets.catalogue.entries import CatalogueEntry

__all__ = ["LAYOUTS", "Choice", "Reading", "read"]

LAYOUTS: Mapping[str, Callable[[Path, CatalogueEntry, Choice], Reading]] = MappingProxyType(
    {
        "bar-separated-words": read_bars,
        "columns": read_columns,
        "conll-2012": read_brackets,
        "conllu": read_treebank,
        "conllu-plus": read_columns,
        "conllulex": read_columns,
        "hyphenated-words": read_hyphens,
        "json": read_token_objects,
        "snips-json": read_snips,
        "word-TAB-morphemes": read_morphemes,
        "word_TAG": read_tagged_text,
    }
)
"""Functions that read a file, by the name of its layout."""


def read(path: Path, entry: CatalogueEntry, choice: Choice) -> Reading:
    """File of an entry as a corpus. Raises `DataError` if the layout has no columns to choose from."""
    if (choice.tags or choice.features) and entry.columns is None:
        raise DataError(f"{entry.title} has one layer of tags: leave out the options tags and features")
    return LAYOUTS[entry.format](path, entry, choice)
