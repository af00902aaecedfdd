"""Texts of word_TAG pairs, one sentence a line; each file is a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from seqbench_datasets.catalogue._readings import Choice, Reading, Text, lines_of
from seqbench_datasets.catalogue.entries import CatalogueEntry


def read_tagged_text(path: Path, entry: CatalogueEntry, _choice: Choice) -> Reading:
    """Sentences of a file; word and tag are parted by the last underscore. What has none is left out."""
    text, left_out = Text(), 0
    text.open_document()
    for line in lines_of(path, entry.encoding):
        for pair in line.split():
            word, underscore, tag = pair.rpartition("_")
            if underscore and word and tag:
                text.add(word, tag)
            else:
                left_out += 1
        text.end()
    return replace(Reading.of(text.corpus(path)), left_out=left_out)
