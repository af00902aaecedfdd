"""Writes CoNLL-U Plus: the word, its layers, its tag, in columns that the first line names."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.writers._rows import write_rows


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write ID, FORM, a column for each layer and TAG, and `# newdoc` where a document opens; nothing is lost."""
    names = ["ID", "FORM", *(name.upper() for name in corpus.sentences.layers), "TAG"]
    if len({name.rpartition(":")[2] for name in names}) < len(names) or any(len(name.split()) != 1 for name in names):
        raise DataError(f"{path}: the columns need different names without blanks, were: {', '.join(names)}")
    opening = f"# global.columns = {' '.join(names)}\n"
    write_rows(path, corpus, "# newdoc\n", lambda number, cells: "\t".join([str(number), *cells]), first=opening)
    return []
