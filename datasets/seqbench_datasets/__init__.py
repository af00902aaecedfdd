"""The built-in datasets and corpus readers, one file each; they come through the hooks that any plugin uses."""

from __future__ import annotations

from seqbench import Register, RegisterReader, hookimpl

_PROBES = {
    "probe-echo": "each tag is the word `delay` tokens before: distance",
    "probe-lookahead": "each tag is the word `k` tokens after: what stands to the right",
    "probe-recall": "the values of keys, from pairs of a key and a value: memory (associative recall)",
    "probe-parity": "whether the ones so far are even: one bit of state, never forgotten",
    "probe-permutation": "the product of all permutations so far: a state that does not commute",
    "probe-ambiguity": "words that two tags have, from a hidden Markov process of any order: statistics",
}


@hookimpl
def register_datasets(register: Register) -> None:
    """Name the files of this folder that hold a dataset; the one marked default is used when no data is asked for."""
    register(
        "tutorial",
        "seqbench_datasets.corpora.tutorial:tutorial",
        "the two sentences of the PyTorch tutorial, train = test",
    )
    register(
        "grammar",
        "seqbench_datasets.corpora.grammar:grammar",
        "English-looking sentences from a hidden Markov process, with a known ceiling",
        default=True,
    )
    for name, summary in _PROBES.items():
        function = name.replace("-", "_")
        register(name, f"seqbench_datasets.probes.{function}:{function}", summary)


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
