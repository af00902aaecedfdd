"""Notes on a corpus that was hardly read as meant: a wrong column, no sentence ends, a header read as a token."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus

_LONG = 100
"""Tokens of a corpus whose only sentence is no sentence, or each of whose tokens would be one."""
_FEW = 20
"""With fewer tokens nothing can be said of a corpus."""
_NO_TAGS = "has no tags"
"""Part of the note of a reader of text, which says it already."""
_NEARLY_ALL = 0.9
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u2064\u3000\ufeff]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")  # NEL (0x85) ends lines elsewhere
_BESIDE = 2
"""Where a tag that occurs once has no more than one beside it, it is rare, and no header."""


def no_sentence_ends(corpus: Corpus, fewest: int = _LONG) -> str:
    """Sentence on a corpus of so many tokens that are one sentence; empty for any other."""
    if corpus.tokens < fewest or np.count_nonzero(corpus.sentences.lengths) != 1:
        return ""
    return f"{corpus.tokens:,} tokens are one sentence: is the empty line after each sentence missing?"


def notes_of(corpus: Corpus) -> list[str]:
    """Notes made while a corpus was read, and on what is implausible in it."""
    return [*corpus.notes, *doubts(corpus)]


def doubts(corpus: Corpus) -> Iterator[str]:
    """Sentences on what is implausible in a corpus, with the way out."""
    tokens, tags = corpus.tokens, corpus.tags
    if doubt := no_sentence_ends(corpus):
        yield doubt
    counts = np.bincount(tags.ids, minlength=len(tags.vocabulary))
    yield from _unseen_signs(corpus, counts)
    if tokens < _FEW:
        return
    different = int(np.count_nonzero(counts))
    if 2 * different > tokens:
        yield f"{different:,} different tags for {tokens:,} tokens: is this the column of the tags (?tags=COLUMN)?"
    if tags.vocabulary[counts > 0].tolist() == ["_"] and not any(_NO_TAGS in note for note in corpus.notes):
        yield f"all {tokens:,} tags are '_': is this the column of the tags (?tags=COLUMN)?"
    open_tags = int(counts[tags.vocabulary == "_"].sum())
    if 0 < 2 * open_tags < tokens:
        yield f"{open_tags:,} of {tokens:,} tags are '_', which means left open: ?ignore=_ leaves them out of the score"
    yield from _numbers(corpus)
    yield from _wrong_columns(corpus, counts)
    first = tags.ids[0]
    if counts[first] == 1 and different > _BESIDE and 2 * different <= tokens:
        word, tag = corpus.sentences.vocabulary[corpus.sentences.ids[0]], tags.vocabulary[first]
        yield f"the first tag, {tag!r} of {word!r}, occurs once: does the first line name the columns (?header=1)?"


def _numbers(corpus: Corpus) -> Iterator[str]:
    """Sentence on words that are nearly all numbers."""
    numbers = np.array([word.isdecimal() for word in corpus.sentences.vocabulary.tolist()], bool)
    count = int(np.count_nonzero(numbers[corpus.sentences.ids])) if numbers.any() else 0
    if count > _NEARLY_ALL * corpus.tokens:
        yield f"{count:,} of {corpus.tokens:,} words are numbers: is this the column of the words (?words=COLUMN)?"


def _wrong_columns(corpus: Corpus, counts: NDArray[np.int64]) -> Iterator[str]:
    """Sentences on words that are fewer than tags, on tags in quotes, and on sentences that are all one token."""
    forms, tags = len(np.unique(corpus.sentences.ids)), corpus.tags.vocabulary[counts > 0].tolist()
    if 1 < forms < len(tags) and 2 * len(tags) <= corpus.tokens:
        what = f"{len(tags):,} different tags for {forms:,} different words"
        yield f"{what}: are the columns the other way round (?words=COLUMN&tags=COLUMN)?"
    if all(len(tag) > _BESIDE and tag[0] == tag[-1] == '"' for tag in tags):
        yield f"all tags are in quotes, such as {tags[0]}: is it CSV (?reader=csv-table&separator=tab)?"
    if len(corpus) >= _LONG and corpus.sentences.lengths.max() == 1:
        yield f"each of {len(corpus):,} sentences has one token: is there an empty line between tokens?"


def _unseen_signs(corpus: Corpus, counts: NDArray[np.int64]) -> Iterator[str]:
    """Sentences on tags with signs that nobody sees, and on words with signs that a wrong encoding makes."""
    odd = [number for number, tag in enumerate(corpus.tags.vocabulary) if counts[number] and _UNSEEN.search(tag)]
    if odd:
        shown = ascii(str(corpus.tags.vocabulary[odd[0]]))
        yield f"{counts[odd].sum():,} tags have signs that are not seen, such as {shown}: they differ from tags without"
    words = corpus.sentences.vocabulary.tolist()
    if _C1.search("\n".join(words)):
        shown = ascii(next(word for word in words if _C1.search(word)))
        yield f"words such as {shown} have control characters: is the encoding cp1252 (?encoding=cp1252)?"
