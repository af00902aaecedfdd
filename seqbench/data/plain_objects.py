"""Corpora from objects of Python: lists, dicts, data frames, and whatever yields dicts of words and tags."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard, cast

import numpy as np

from seqbench.data.corpus import Corpus
from seqbench.errors import DataError, unknown

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoDataFrame

_WORDS = ("tokens", "words", "token", "word", "form")
_TAGS = ("tags", "ner_tags", "labels", "pos_tags", "upos", "tag", "label", "ner", "pos")
_SENTENCES = ("sentence", "sentence #", "sentence_id", "sentence_idx", "sent_id", "sentence id", "sent", "sid")

_Pair = tuple[list[object], list[object]]
"""The words and the tags of a sentence."""


@dataclass(frozen=True)
class _Names:
    """Names of what holds the words, the tags and the number of the sentence; the usual ones where they are empty."""

    words: str = ""
    tags: str = ""
    sentence: str = ""

    def of(self, use: str, known: Sequence[str]) -> str:
        """The name for a use among those that are known. Raises `DataError` if there is none."""
        usual = {"words": _WORDS, "tags": _TAGS, "sentence": _SENTENCES}[use]
        key: str = getattr(self, use)
        name = key or next((name for name in known if str(name).casefold() in usual), "")
        if name in known:
            return name
        columns = [str(column) for column in known]
        if key:
            raise DataError(str(unknown(f"column for {use}", key, columns, listed="Columns")))
        raise DataError(
            f"no column for {use} is named {usual[0]!r}, {usual[1]!r} or as else is usual; name it with "
            f"{use}='COLUMN'. Columns: {', '.join(columns) or 'none'}."
        )


def as_corpus(
    data: object, *, words: str = "", tags: str = "", sentence: str = "", names: Sequence[str] = ()
) -> Corpus:
    """Corpus of a list of sentences, of dicts or of a data frame.

    A sentence is a list of (word, tag) pairs, or a dict of words and tags. A data frame of pandas or polars, or a dict
    of columns, has one sentence a row, its words and tags in lists; or one token a row, and a column that numbers the
    sentences, whose rows stand together. `words`, `tags` and `sentence` name keys or columns that are not called as
    usual, `names` tags that are numbers. Raises `DataError` if the object is none of these. Numbers of a
    `datasets.Dataset` get the names of its `ClassLabel`.
    """
    chosen = _Names(words, tags, sentence)
    names = names or _class_names(data, chosen)
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        pairs = _of_frame(data, chosen)
    elif isinstance(data, Mapping):
        pairs = _of_table([*data], data.__getitem__, chosen)
    elif _is_list(data):
        pairs = [_of_sentence(item, chosen) for item in data]
    else:
        raise DataError(f"a corpus is made of a list, a dict or a data frame, was: {type(data).__name__}")
    return _encoded(pairs, names)


def _class_names(data: object, chosen: _Names) -> Sequence[str]:
    """Names of the tags of a `datasets.Dataset` whose tags are numbers; none for anything else."""
    features = getattr(data, "features", None)
    if not isinstance(features, Mapping) or isinstance(data, Mapping):
        return ()
    feature = features[chosen.of("tags", [*features])]
    return tuple(getattr(getattr(feature, "feature", feature), "names", None) or ())


def _is_list(value: object) -> TypeGuard[Iterable[object]]:
    """Whether a value holds others; a text does not."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def _listed(value: object) -> list[object]:
    """The words or the tags of a sentence. Raises `DataError` for a text, whose letters are no words."""
    if not _is_list(value):
        raise DataError(f"the words and the tags of a sentence are lists, was: {value!r:.60}")
    return list(value)


def _of_sentence(item: object, chosen: _Names) -> _Pair:
    if isinstance(item, Mapping):
        words, tags = (_listed(item[chosen.of(use, [*item])]) for use in ("words", "tags"))
        return words, tags
    pairs = [tuple(pair) if _is_list(pair) else () for pair in item] if _is_list(item) else [()]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 -- the word and its tag
        raise DataError(f"a sentence is a list of (word, tag) pairs or a dict, was: {item!r:.60}")
    return [word for word, _ in pairs], [tag for _, tag in pairs]


def _of_frame(data: object, chosen: _Names) -> list[_Pair]:
    import narwhals.stable.v2 as nw

    frame = nw.from_native(cast("IntoDataFrame", data), eager_only=True)

    def column(name: str) -> list[object]:
        """Values of a column, None where one is missing."""
        gaps = frame[name].is_null().to_list()
        return [None if absent else value for value, absent in zip(frame[name].to_list(), gaps, strict=True)]

    return _of_table(frame.columns, column, chosen)


def _of_table(known: Sequence[str], column: Callable[[str], object], chosen: _Names) -> list[_Pair]:
    """Sentences of a table with a sentence a row where words are lists, else with a token a row."""
    words, tags = (_listed(column(chosen.of(use, known))) for use in ("words", "tags"))
    if any(map(_is_list, words)) or not words:
        if chosen.sentence:
            raise DataError(f"each row is a sentence, which needs no number: leave out sentence={chosen.sentence!r}")
        return [(_listed(own), _listed(its)) for own, its in _rows(words, tags)]
    return _of_rows(_rows(_listed(column(chosen.of("sentence", known))), words, tags))


def _rows(*columns: list[object]) -> list[tuple[object, ...]]:
    sizes = sorted({len(column) for column in columns})
    if len(sizes) > 1:
        raise DataError(f"the columns of sentences, words and tags are one as long as the other, have {sizes} rows")
    return list(zip(*columns, strict=True))


def _of_rows(rows: Iterable[tuple[object, ...]]) -> list[_Pair]:
    """Sentences of neighbouring rows with one number; a missing number is that of the row before.

    Raises `DataError` if the number of an earlier sentence comes again, where nobody knows whether it is the same one.
    """
    sentences, current = dict[object, _Pair](), None
    for row, (value, word, tag) in enumerate(rows, start=1):
        number = current if value is None or (isinstance(value, float) and math.isnan(value)) else value
        if number != current and number in sentences:
            way = "sort the rows by sentence, or number them through where numbers begin anew"
            raise DataError(f"row {row}: sentence {number!r} comes again behind sentence {current!r}: {way}")
        words, tags = sentences.setdefault(number, ([], []))
        words.append(word)
        tags.append(tag)
        current = number
    return list(sentences.values())


def _encoded(pairs: Iterable[_Pair], names: Sequence[str]) -> Corpus:
    words, tags = list[list[str]](), list[list[str]]()
    for number, (own_words, own_tags) in enumerate(pairs, start=1):
        if len(own_words) != len(own_tags):
            raise DataError(f"sentence {number} has {len(own_words)} words, but {len(own_tags)} tags")
        words.append([_text(number, word, ()) for word in own_words])
        tags.append([_text(number, tag, names) for tag in own_tags])
    if not any(words):
        raise DataError("holds no sentence")
    return Corpus.encode(words, tags)


def _text(sentence: int, value: object, names: Sequence[str]) -> str:
    if isinstance(value, int | np.integer) and names:
        if not 0 <= value < len(names):
            raise DataError(f"sentence {sentence}: tag number {value} has no name; names has {len(names)}")
        return names[int(value)]
    if value is None or value == "" or isinstance(value, float):
        raise DataError(f"sentence {sentence}: a word or a tag is missing ({value!r})")
    return str(value)
