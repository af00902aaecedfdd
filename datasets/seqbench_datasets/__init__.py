"""The built-in datasets and corpus readers, one file each; they come through the hooks that any plugin uses."""

from __future__ import annotations

from seqbench import About, RegisterDataset, RegisterReader, hookimpl
from seqbench_datasets.catalogue import register_all


@hookimpl
def register_datasets(register: RegisterDataset) -> None:
    """Name the files of this folder that hold a dataset; the one marked default is used when no data is asked for."""
    register(
        "tutorial",
        "seqbench_datasets.corpora.tutorial:tutorial",
        "the two sentences of the PyTorch tutorial, train = test",
        about=About(task="pos", language="en", licence="MIT", sizes={"train": (2, 9), "test": (2, 9)}),
    )
    register(
        "grammar",
        "seqbench_datasets.corpora.grammar:grammar",
        "English-looking sentences from a hidden Markov process, with a known ceiling",
        default=True,
        about=About(task="pos", language="en", licence="MIT"),
    )
    register_all(register)


@hookimpl
def register_readers(register: RegisterReader) -> None:
    """Name the files of this folder that read a format, and the file name endings that are read with each."""
    register("conllu", "seqbench_datasets.readers.conllu:read", [".conllu"], "CoNLL-U (Universal Dependencies)")
    register(
        "columns",
        "seqbench_datasets.readers.columns:read",
        [".conll", ".txt", ".tsv", ".col", ".iob", ".iob2", ".bio", ".train", ".dev", ".test", ".testa", ".testb"],
        "one token a line in columns, TAB or spaces, an empty line after each sentence",
    )
