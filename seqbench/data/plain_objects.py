"""Corpora from objects of Python: lists, dicts, data frames, and whatever yields dicts of words and tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, cast

from seqbench.data.corpus import Corpus
from seqbench.errors import DataError, unknown

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoDataFrame

_WORDS = ("tokens", "words", "token", "word", "form")
_TAGS = ("tags", "ner_tags", "labels", "pos_tags", "upos", "tag", "label", "ner", "pos")
_SENTENCES = ("sentence #", "sentence", "sentence_id", "sent_id", "sid")


@dataclass(frozen=True)
class _Names:
    """Names of what holds the words, the tags and the number of the sentence; the usual ones where they are empty."""

    words: str = ""
    tags: str = ""
    sentence: str = ""

    def of(self, use: str, known: Sequence[str]) -> str:
        """The name for a use among those that are known. Raises `DataError` if there is none."""
        usual = {"words": _WORDS, "tags": _TAGS, "sentence": _SENTENCES}[use]
        wanted: str = getattr(self, use)
        name = wanted or next((name for name in known if str(name).casefold() in usual), "")
        if name not in known:
            raise DataError(str(unknown(f"column for {use}", wanted or usual[0], known, listed="Columns")))
        return name


def as_corpus(
    data: object, *, words: str = "", tags: str = "", sentence: str = "", names: Sequence[str] = ()
) -> Corpus:
    """Corpus of a list of sentences, of dicts or of a data frame.

    A sentence is a list of (word, tag) pairs, or a dict of words and tags; a dict of columns has a list for each
    sentence. A data frame of pandas or polars has one token a row and a column that numbers the sentences. `words`,
    `tags` and `sentence` name keys or columns that are not called as usual, `names` tags that are numbers. Raises
    `DataError` if the object is none of these. Numbers of a `datasets.Dataset` get the names of its `ClassLabel`.
    """
    chosen = _Names(words, tags, sentence)
    names = names or _class_names(data, chosen)
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        pairs = _of_frame(data, chosen)
    elif isinstance(data, Mapping):
        columns = [data[chosen.of(use, [*data])] for use in ("words", "tags")]
        pairs = [(list(a), list(b)) for a, b in zip(*columns, strict=True)]
    elif isinstance(data, Iterable) and not isinstance(data, str | bytes):
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


def _of_sentence(item: object, chosen: _Names) -> tuple[list[object], list[object]]:
    if isinstance(item, Mapping):
        own = [item[chosen.of(use, [*item])] for use in ("words", "tags")]
        return list(own[0]), list(own[1])
    if not isinstance(item, Iterable) or isinstance(item, str | bytes):
        raise DataError(f"a sentence is a list of (word, tag) pairs or a dict, was: {item!r:.60}")
    pairs = [tuple(pair) for pair in item]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 -- the word and its tag
        raise DataError(f"a sentence is a list of (word, tag) pairs or a dict, was: {item!r:.60}")
    return [word for word, _ in pairs], [tag for _, tag in pairs]


def _of_frame(data: object, chosen: _Names) -> list[tuple[list[object], list[object]]]:
    """Sentences of a data frame: neighbouring rows with one value in the sentence column."""
    import narwhals.stable.v2 as nw

    frame = nw.from_native(cast("IntoDataFrame", data), eager_only=True)
    columns = [frame[chosen.of(use, frame.columns)].to_list() for use in ("sentence", "words", "tags")]
    numbers, row = [], None
    for number in columns[0]:
        row = row if number is None or number != number else number  # noqa: PLR0124 -- a missing number repeats
        numbers.append(row)
    rows = zip(numbers, *columns[1:], strict=True)
    groups = [list(group) for _, group in groupby(rows, key=lambda each: each[0])]
    return [([word for _, word, _ in group], [tag for _, _, tag in group]) for group in groups]


def _encoded(pairs: Iterable[tuple[list[object], list[object]]], names: Sequence[str]) -> Corpus:
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
    if isinstance(value, int) and names:
        if not 0 <= value < len(names):
            raise DataError(f"sentence {sentence}: tag number {value} has no name; names has {len(names)}")
        return names[value]
    if value is None or value == "" or isinstance(value, float):
        raise DataError(f"sentence {sentence}: a word or a tag is missing ({value!r})")
    return str(value)
