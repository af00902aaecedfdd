"""Writes plain text: a sentence a line, its words between blanks."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus
from seqbench_datasets.writers._spans import lost_documents, lost_layers


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write the words alone, and say what is lost: tags other than `_`, layers, starts of documents."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(" ".join(words) + "\n" for words in corpus.sentences)
    tags = set(corpus.tags.vocabulary[sorted(set(corpus.tags.ids.tolist()))])
    return [*(["the tags"] if tags - {"_"} else []), *lost_layers(corpus), *lost_documents(corpus)]
