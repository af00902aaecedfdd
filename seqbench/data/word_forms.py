"""Forms of words in which two of them may be the same: small letters, without numbers, punctuation or blanks.

A form looks at signs that stand together and changes no NUL, so that the form of many words joined by NUL is that of
each: a hundred thousand words are then as quick as one text (`forms_of`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_BETWEEN = "\0"
_BLANK = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\ufeff]+")


def without_punctuation(word: str) -> str:
    """Word without all that is no letter, mark, number or symbol; a word of punctuation alone is empty."""
    if word.isalnum():
        return word
    return word.translate({ord(sign): None for sign in set(word) if unicodedata.category(sign)[0] == "P"})


FORMS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "case": str.casefold,
        "numbers": lambda word: word if word.isalpha() else _NUMBER.sub("0", word),
        "punctuation": without_punctuation,
        "no-break space or other blanks": lambda word: word if word.isalnum() else _BLANK.sub("", word),
        "Unicode form": lambda word: word if word.isascii() else unicodedata.normalize("NFKC", word),
    }
)
"""What a form of a word leaves out, by name."""


def plainest(word: str) -> str:
    """Word in all of these forms at once."""
    if word.isascii() and word.isalpha():
        return word.lower()
    for name in ("Unicode form", "no-break space or other blanks", "case", "numbers", "punctuation"):
        word = FORMS[name](word)  # a blank within a number parts it
    return word


def forms_of(words: Sequence[str], form: Callable[[str], str]) -> Sequence[str]:
    """The form of each word: one of `FORMS`, or the plainest."""
    made = form(_BETWEEN.join(words)).split(_BETWEEN)
    return made if len(made) == len(words) else [form(word) for word in words]
