"""Words with letters that only look like Latin ones: no reader sees the difference, and every tagger does."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Sequences

_LOOKS = {
    "CYRILLIC": ("аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅҮ", "aeopcyxijshdqwABEKMHOPCTXIJSY"),
    "GREEK": ("οανρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavpABEZHIKMNOPTYX"),
}
_LATIN = {ord(sign): latin for signs, letters in _LOOKS.values() for sign, latin in zip(signs, letters, strict=True)}


def homoglyphs(sentences: Sequences) -> NDArray[np.bool_]:
    """Flags (tokens,) of words that mix Latin letters with letters of another script that look like them.

    The letters are those of Cyrillic and Greek that are drawn as Latin ones are (Unicode Technical Standard 39).
    """
    words = sentences.vocabulary.tolist()
    mixed = np.array([not word.isascii() and _mixed(word) for word in words], bool)
    return np.asarray(mixed[sentences.ids])


def _mixed(word: str) -> bool:
    if word.translate(_LATIN) == word:
        return False
    letters = [sign for sign in word if sign.isalpha()]
    latin = [sign for sign in letters if unicodedata.name(sign, "").startswith("LATIN")]
    return bool(latin) and all(sign in latin or ord(sign) in _LATIN for sign in letters)
