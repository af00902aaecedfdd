"""Words with letters that only look like Latin ones: no reader sees the difference, and every tagger does."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Sequences

_DRAWN = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅҮοανρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijshdqwABEKMHOPCTXIJSYoavpABEZHIKMNOPTYX"
)
_LIKE_LATIN = frozenset(map(chr, _DRAWN))
"""Letters of Cyrillic and of Greek that are drawn as Latin ones."""


def drawn_alike(one_word: str, other: str) -> bool:
    """Whether two different words differ only in letters of Cyrillic or Greek that are drawn as Latin ones."""
    return one_word.translate(_DRAWN) == other.translate(_DRAWN)


def homoglyphs(sentences: Sequences) -> NDArray[np.bool_]:
    """Flags (tokens,) of words that mix Latin letters with letters of another script that look like them.

    The letters are those of Cyrillic and Greek that are drawn as Latin ones are (Unicode Technical Standard 39).
    """
    words = sentences.vocabulary.tolist()
    letters = {sign for sign in set("".join(words)) if sign.isalpha()}
    if _LIKE_LATIN.isdisjoint(letters):
        return np.zeros(len(sentences.ids), bool)
    latin = {sign for sign in letters if unicodedata.name(sign, "").startswith("LATIN")}
    others = letters - latin - _LIKE_LATIN
    mixed = [
        not (word.isascii() or _LIKE_LATIN.isdisjoint(word) or latin.isdisjoint(word)) and others.isdisjoint(word)
        for word in words
    ]
    return np.asarray(np.array(mixed, bool)[sentences.ids])
