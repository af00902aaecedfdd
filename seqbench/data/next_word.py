"""Predicting the next word as tagging: each word of a sentence is tagged with the word that comes after it.

A mark of the beginning comes first, so that the first word is predicted too, and the last word is tagged with a mark
of the end: the product of the probabilities of a sentence's tags is the probability of the sentence. The tags are the
most frequent words of train, and one for all other words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import parse_qsl

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus, Ids, Sequences, offsets_of, strings
from seqbench.data.dataset import Dataset
from seqbench.errors import DataError, UsageError

OPTION, NEXT_WORD = "task", "next-word"
_ADVICE = f"--{OPTION} {NEXT_WORD}"
"""Part of a note that leads to this task, and has nothing to say of a dataset that has it."""
_OF_TAGS = "(?tags=COLUMN)"
"""Part of a note on tags, which this task does not look at."""
BEGIN, END, UNKNOWN = "<s>", "</s>", "<unk>"
WORDS = 10_000
"""Words that are told apart, unless a task names another number."""
_FEWEST = 2  # tokens in train of a word that is told apart: words of one token teach what an unknown word is


def words_of(task: str) -> int:
    """The number of words that a task tells apart. Raises `UsageError` if there is no such task."""
    match = re.fullmatch(rf"{NEXT_WORD}(?::([1-9]\d{{0,5}}))?", task)
    if match is None:
        raise UsageError(f"the task must be {NEXT_WORD} or {NEXT_WORD}:WORDS, such as {NEXT_WORD}:5000, was: {task!r}")
    return int(match[1] or WORDS)


def task_of(source: str) -> str | None:
    """The task that a text like that of `--data` names, None where a corpus's own tags are learned."""
    return dict(parse_qsl(source.partition("?")[2])).get(OPTION)


def next_words(dataset: Dataset, task: str) -> Dataset:
    """Dataset of the same sentences in which the next word is predicted; the tags of the corpus are not used.

    Raises `UsageError` if there is no such task, `DataError` if a mark of this task is a word of the corpus.
    """
    tagged = {split: _tag_of_word(dataset, getattr(dataset, split), words_of(task)) for split in ("train", "test")}
    dev = dataset.dev and _tag_of_word(dataset, dataset.dev, words_of(task))
    notes = tuple(note for note in dataset.notes if _ADVICE not in note and _OF_TAGS not in note)
    made = Dataset.of(dataset.name, train=tagged["train"], dev=dev, test=tagged["test"], notes=notes)
    mark = "&" if "?" in dataset.source else "?"
    name, source = f"{dataset.name}, {task}", f"{dataset.source}{mark}{OPTION}={task}"
    origin = f"{dataset.origin}, {task}" if dataset.origin else ""
    return replace(made, name=name, source=source, origin=origin, drawn=dataset.drawn)


def _tag_of_word(dataset: Dataset, corpus: Corpus, words: int) -> Corpus:
    """Corpus whose tags are the next words."""
    marks = {BEGIN, END}.intersection(corpus.sentences.vocabulary)
    if marks:
        raise DataError(f"{dataset.name} has the word {min(marks)!r}, which task {NEXT_WORD} needs as a mark")
    tags, tag_of_word = _told_apart(dataset.train.sentences, len(corpus.sentences.vocabulary), words)
    tag_of_word[corpus.sentences.vocabulary == UNKNOWN] = len(tags) - 2
    lengths = corpus.sentences.lengths + 1
    offsets = offsets_of(lengths)
    ids = np.insert(tag_of_word[corpus.sentences.ids], corpus.sentences.offsets[1:], len(tags) - 1)
    sentences = _after(corpus.sentences, BEGIN)
    return replace(corpus, sentences=sentences, tags=Sequences(ids.astype(np.int32), offsets, strings(tags)))


def _told_apart(train: Sequences, forms: int, most: int) -> tuple[list[str], Ids]:
    """The tags, and the tag of each form: of equally frequent words of train the one seen first is told apart."""
    counts = np.bincount(train.ids, minlength=len(train.vocabulary))
    counts[train.vocabulary == UNKNOWN] = 0
    order = np.argsort(-counts, kind="stable")[:most]
    order = order[counts[order] >= _FEWEST]
    tag_of_form = np.full(forms, len(order), np.int32)
    tag_of_form[order] = np.arange(len(order))
    return [*train.vocabulary[order].tolist(), UNKNOWN, END], tag_of_form


def _after(sequences: Sequences, first: str) -> Sequences:
    """Sentences that begin with one more form, in the words and in each layer."""
    vocabulary = strings([*sequences.vocabulary, first])
    ids: NDArray[np.int32] = np.insert(sequences.ids, sequences.offsets[:-1], len(vocabulary) - 1)
    layers: Mapping[str, Sequences] = {name: _after(layer, first) for name, layer in sequences.layers.items()}
    return Sequences(ids, offsets_of(sequences.lengths + 1), vocabulary, MappingProxyType(dict(layers)))
