"""Notes on a corpus that was hardly read as meant: a wrong column, no sentence ends, a header read as a token."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from seqbench.data.corpus import Corpus

_LONG = 100
"""Tokens of a corpus whose only sentence is no sentence."""
_FEW = 20
"""With fewer tokens nothing can be said of a corpus."""
_BESIDE = 2
"""Where a tag that occurs once has no more than one beside it, it is rare, and no header."""


def no_sentence_ends(corpus: Corpus, fewest: int = _LONG) -> str:
    """Sentence on a corpus of so many tokens that are one sentence; empty for any other."""
    if corpus.tokens < fewest or np.count_nonzero(corpus.sentences.lengths) != 1:
        return ""
    return f"{corpus.tokens:,} tokens are one sentence: is the empty line after each sentence missing?"


def doubts(corpus: Corpus) -> Iterator[str]:
    """Sentences on what is implausible in a corpus, with the way out."""
    tokens, tags = corpus.tokens, corpus.tags
    if doubt := no_sentence_ends(corpus):
        yield doubt
    if tokens < _FEW:
        return
    counts = np.bincount(tags.ids, minlength=len(tags.vocabulary))
    different = int(np.count_nonzero(counts))
    if 2 * different > tokens:
        yield f"{different:,} different tags for {tokens:,} tokens: is this the column of the tags (?tags=COLUMN)?"
    first = tags.ids[0]
    if counts[first] == 1 and different > _BESIDE and 2 * different <= tokens:
        word, tag = corpus.sentences.vocabulary[corpus.sentences.ids[0]], tags.vocabulary[first]
        yield f"the first tag, {tag!r} of {word!r}, occurs once: does the first line name the columns (?header=1)?"
