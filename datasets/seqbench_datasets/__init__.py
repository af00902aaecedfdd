"""The built-in datasets and corpus readers, one file each; they come through the hooks that any plugin uses."""

from __future__ import annotations

from pathlib import Path

from seqbench import About, Difficulty, Register, RegisterDataset, RegisterReader, hookimpl
from seqbench_datasets.catalogue import register_all

_PROBES = {
    "probe-echo": ("each tag is the word `delay` tokens before: distance", Difficulty(
        option="delay", measures="distance", default=True)),
    "probe-lookahead": ("each tag is the word `k` tokens after: what stands to the right", Difficulty(
        option="k", measures="distance", default=True)),
    "probe-recall": ("the values of keys, from pairs of a key and a value: memory (associative recall)", Difficulty(
        option="pairs", measures="pairs", default=True)),
    "probe-parity": ("whether the ones so far are even: one bit of state, never forgotten", Difficulty(
        option="length", measures="length", default=True)),
    "probe-permutation": ("the product of all permutations so far: a state that does not commute", Difficulty(
        option="length", measures="length", default=True)),
    "probe-first-word": ("each tag is the first word of the sentence: distance", Difficulty(
        option="length", measures="length")),
    "probe-agree": ("verbs agree with the first noun, whatever nouns stand between: distance", Difficulty(
        option="distance", measures="distance")),
    "probe-selective-copy": ("words among others that mean nothing, in their order: memory", Difficulty(
        option="items", measures="items")),
    "probe-count": ("how many of a kind so far, modulo a number: state", Difficulty(option="mod", measures="modulus")),
    "probe-brackets": ("which bracket is closed, of several kinds: a stack", Difficulty(
        option="depth", measures="depth")),
    "probe-noise": ("the tag of a word, but for a share of wrong ones: statistics", Difficulty(
        option="rate", measures="noise")),
    "probe-rare": ("the tag of a word, of which many are rare: statistics", Difficulty(
        option="words", measures="words")),
    "probe-ambiguity": ("words that two tags have, from a hidden Markov process of any order: statistics", Difficulty(
        option="order", measures="order")),
}  # fmt: skip
_PUBLISHED = ("ud-english-ewt", "ud-maltese-mudt", "ud-uyghur-udt", "ud-thai-tud", "wnut17")


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
    for name, (summary, difficulty) in _PROBES.items():
        function = name.replace("-", "_")
        about = About(task="probe", licence="MIT", difficulty=difficulty)
        register(name, f"seqbench_datasets.probes.{function}:{function}", summary, about=about)
    register_all(register)


@hookimpl
def register_readers(register: RegisterReader) -> None:
    """Name the files of this folder that read a format, and the file name endings that are read with each."""
    register("conllu", "seqbench_datasets.readers.conllu:read", [".conllu"], "CoNLL-U (Universal Dependencies)")
    register(
        "columns",
        "seqbench_datasets.readers.columns:read",
        [
            ".conll",
            ".txt",
            ".tsv",
            ".col",
            ".iob",
            ".iob2",
            ".bio",
            ".train",
            ".dev",
            ".test",
            ".testa",
            ".testb",
            ".annotated",
        ],
        "one token a line in columns, TAB or spaces, an empty line after each sentence",
    )
    register("conllu-plus", "seqbench_datasets.readers.conllu_plus:read", [".conllup"], "CoNLL-U with other columns")
    register(
        "json-lines", "seqbench_datasets.readers.json_lines:read", [".jsonl", ".json"], "objects with tokens and tags"
    )
    register("csv-table", "seqbench_datasets.readers.csv_table:read", [".csv"], "a header, one token a row")
    register("slashed", "seqbench_datasets.readers.slashed:read", [".pos", ".tagged"], "word/TAG, a sentence a line")
    register("conll-x", "seqbench_datasets.readers.conll_x:read", [".conllx"], "CoNLL-X, of before CoNLL-U")
    register(
        "conll-2012",
        "seqbench_datasets.readers.conll_2012:read",
        [".v4_gold_conll", ".v4_auto_conll", ".gold_conll"],
        "CoNLL-2012 (OntoNotes), spans in brackets",
    )
    register("opennlp", "seqbench_datasets.readers.opennlp:read", [".opennlp"], "<START:type> words <END>")
    register(
        "annotated-text",
        "seqbench_datasets.readers.annotated_text:read",
        [".labelstudio", ".doccano"],
        "texts with spans, as Label Studio and doccano export them",
    )
    register("docbin", "seqbench_datasets.readers.docbin:read", [".spacy"], "DocBin of spaCy")
    register(
        "parquet", "seqbench_datasets.readers.parquet:read", [".parquet", ".arrow"], "rows of lists, by Hugging Face"
    )
    register("text", "seqbench_datasets.readers.text:read", [".sentences"], "plain text, a sentence a line, no tags")
    register("webanno", "seqbench_datasets.readers.webanno:read", [".webanno"], "TSV 3 of WebAnno and INCEpTION")


@hookimpl
def register_writers(register: RegisterReader) -> None:
    """Name what writes a format, and the file name endings that are written with each."""
    here = "seqbench_datasets.writers"
    register("conllu", f"{here}.conllu:write", [".conllu"], "CoNLL-U, the tags as UPOS")
    register("columns", f"{here}.columns:write", [".tsv", ".conll", ".txt", ".bio"], "columns between TABs")
    register("json-lines", "seqbench_datasets.readers.json_lines:write", [".jsonl"], "one object a line")
    register("slashed", "seqbench_datasets.readers.slashed:write", [".pos", ".tagged"], "word/TAG, a sentence a line")
    register("csv-table", f"{here}.csv_table:write", [".csv"], "CSV with a header, one token a row")
    register("conllu-plus", f"{here}.conllu_plus:write", [".conllup"], "CoNLL-U Plus, a column for each layer")
    register("conll-x", f"{here}.conll_x:write", [".conllx"], "CoNLL-X, the tags as POSTAG")
    register("conll-2012", f"{here}.conll_2012:write", [".v4_gold_conll"], "CoNLL-2012, spans in brackets")
    register("opennlp", f"{here}.opennlp:write", [".opennlp"], "<START:type> words <END>")
    register("annotated-text", f"{here}.annotated_text:write", [".doccano", ".labelstudio"], "texts with spans")
    register("docbin", f"{here}.docbin:write", [".spacy"], "DocBin of spaCy, a document a text")
    register("text", f"{here}.text:write", [".sentences"], "the words alone, a sentence a line")
    register("webanno", f"{here}.webanno:write", [".webanno"], "TSV 3 of WebAnno and INCEpTION")
    register("parquet", f"{here}.parquet:write", [".parquet", ".arrow"], "rows of lists, for Hugging Face datasets")


@hookimpl
def register_published(register: Register) -> None:
    """Name the corpora whose results are published in this folder, each the folder of a run."""
    for name in _PUBLISHED:
        register(name, Path(__file__).parent / "published" / name, f"taggers of seqbench on {name}")
