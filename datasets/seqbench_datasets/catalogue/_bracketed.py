"""CoNLL-2012 files: documents between marks, spans in brackets."""

from __future__ import annotations

from pathlib import Path

from seqbench import DataError
from seqbench_datasets.catalogue._readings import Choice, Reading, Text, lines_of
from seqbench_datasets.catalogue.entries import CatalogueEntry


def read_brackets(path: Path, entry: CatalogueEntry, _choice: Choice) -> Reading:
    """Words of a file with tags of IOB2 made of brackets such as `(ORG*`, `*` and `*)`."""
    if entry.columns is None:
        raise DataError(f"{entry.title} has no columns")
    words, tags = int(entry.columns.words) - 1, int(entry.columns.tags) - 1
    text, inside = Text(), ""
    for number, line in enumerate(lines_of(path, entry.encoding), start=1):
        cells = line.split()
        if line.startswith("#"):
            if line.startswith("#begin document"):
                text.open_document()
        elif not cells:
            text.end()
            inside = ""
        elif len(cells) <= max(words, tags):
            raise DataError(
                f"{path}:{number}: {len(cells)} columns, expected at least {max(words, tags) + 1}: {line!r}"
            )
        else:
            tag, inside = _tag(cells[tags], inside)
            text.add(cells[words], tag)
    return Reading.of(text.corpus(path))


def _tag(cell: str, inside: str) -> tuple[str, str]:
    """Tag of a token, and the type of the span that goes on behind it."""
    opened = cell.partition("(")[2].strip("*)") if "(" in cell else ""
    kind = opened or inside
    tag = f"{'B' if opened else 'I'}-{kind}" if kind else "O"
    return tag, "" if ")" in cell else kind
