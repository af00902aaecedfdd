"""The check of a tagger's answer: exactly one tag per token, each a tag of the training set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from seqbench.data.corpus import Ids, Sequences, Strings
from seqbench.errors import PredictionError

IDS_ARE_NO_TAGS = "give tags as str, or ids as seqbench.Sequences(ids, sentences.offsets, train.tags.vocabulary)"
"""The way out for a tagger that answers with plain numbers."""


def checked(answer: Any, sentences: Sequences, tags: Strings) -> Ids:
    """The tag ids (tokens,) of an answer to `predict`; `PredictionError` names the first sentence that does not fit.

    An answer is lists of str, or `Sequences` whose ids are the training set's tag ids.
    """
    if isinstance(answer, Sequences):
        return _checked_ids(answer, sentences, tags)
    index = {tag: i for i, tag in enumerate(tags)}
    length = _length(answer)
    if length and is_id(first := next(iter(answer))):
        raise PredictionError(f"predict gave the number {first} where the tags of a sentence belong; {IDS_ARE_NO_TAGS}")
    _same("sentences", length, len(sentences), "all sentences")
    ids = [_sentence_ids(predicted, number, n, index) for number, (predicted, n) in _numbered(answer, sentences)]
    return np.concatenate([np.zeros(0, np.int32), *ids])


def is_id(tag: object) -> bool:
    """Whether an answer has a number, perhaps the id of a tag, in place of a tag."""
    return isinstance(tag, int | np.integer)


def _numbered(answer: Sequence[Any], sentences: Sequences) -> Any:
    return enumerate(zip(answer, sentences.lengths.tolist(), strict=True), start=1)


def _checked_ids(answer: Sequences, sentences: Sequences, tags: Strings) -> Ids:
    _same("sentences", len(answer), len(sentences), "all sentences")
    uneven = np.flatnonzero(answer.lengths != sentences.lengths)
    for number in uneven[:1].tolist():
        _same("tags", int(answer.lengths[number]), int(sentences.lengths[number]), f"sentence {number + 1}")
    if len(answer.ids) != sentences.offsets[-1]:
        _same("tags", len(answer.ids), int(sentences.offsets[-1]), "all sentences")
    if not np.issubdtype(answer.ids.dtype, np.integer):
        message = f"predict gave tag ids of type {answer.ids.dtype}, expected integers"
        raise PredictionError(message)
    for wrong in answer.ids[(answer.ids < 0) | (answer.ids >= len(tags))][:1].tolist():
        message = f"predict gave the tag id {wrong}, expected 0 to {len(tags) - 1}: the tags of the training set"
        raise PredictionError(message)
    return answer.ids.astype(np.int32)


def _sentence_ids(predicted: Any, number: int, length: int, index: dict[str, int]) -> Ids:
    _same("tags", _length(predicted), length, f"sentence {number}")
    for tag in predicted:
        if is_id(tag):
            raise PredictionError(f"predict gave the number {tag} in sentence {number}; {IDS_ARE_NO_TAGS}")
        if not isinstance(tag, str) or tag not in index:
            message = f"predict gave the tag {tag!r} in sentence {number}, which is no tag of the training set"
            raise PredictionError(message)
    return np.array([index[tag] for tag in predicted], np.int32)


def _length(answer: Any) -> int:
    try:
        return len(answer)
    except TypeError:
        message = f"predict gave {type(answer).__name__!r}, expected a list of tags for each sentence"
        raise PredictionError(message) from None


def _same(what: str, length: int, expected: int, where: str) -> None:
    if length != expected:
        message = f"predict gave {length} {what} for {where}, expected {expected}"
        raise PredictionError(message)
