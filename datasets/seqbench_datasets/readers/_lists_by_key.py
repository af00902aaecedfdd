"""Sentences whose words and tags are lists under keys: which key holds what, and the lists as texts."""

from __future__ import annotations

from collections.abc import Mapping

from seqbench import DataError

WORDS = ("tokens", "words", "token", "word")
TAGS = ("tags", "ner_tags", "labels", "pos_tags", "upos", "chunk_tags", "tag", "label", "ner")


_SPANS = ("label", "labels", "entities", "spans", "annotations", "completions")


def is_annotated(item: Mapping[str, object]) -> bool:
    """Whether an object is surely a text with spans by character, as Label Studio and doccano export them."""
    data = item.get("data", item)
    if not isinstance(data, Mapping) or any(_are_words(item.get(name)) for name in WORDS):
        return False
    return isinstance(data.get("text"), str) and any(isinstance(item.get(name), list) for name in _SPANS)


def _are_words(value: object) -> bool:
    """Whether a value is a list of words, and not one of objects that describe them."""
    return isinstance(value, list) and not (value and all(isinstance(part, Mapping) for part in value))


def key_of(where: str, item: Mapping[str, object], chosen: str, usual: tuple[str, ...], use: str) -> str:
    """The key that is wanted, else the first usual one. Raises `DataError` if there is none."""
    key = chosen or next((name for name in usual if name in item), "")
    if key not in item:
        known = ", ".join(map(repr, list(item)[:10])) or "nothing"
        if "text" in item or "data" in item:
            known += "; texts with spans are read with ?reader=annotated-text"
        raise DataError(f"{where}: has no key {chosen or usual[0]!r} for {use}; it has {known}")
    return key


def texts_of(where: str, item: Mapping[str, object], key: str, names: list[str]) -> list[str]:
    """The texts under a key; numbers by their names."""
    values = item.get(key)
    if not isinstance(values, list):
        raise DataError(f"{where}: {key!r} must be a list, was: {str(values)[:60]!r}")
    texts = []
    for value in values:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise DataError(f"{where}: {key!r} must hold texts or numbers, was: {str(value)[:60]!r}")
        if isinstance(value, int) and names:
            if not 0 <= value < len(names):
                raise DataError(f"{where}: tag number {value} has no name; ?names= has {len(names)}")
            value = names[value]  # noqa: PLW2901 -- the number under its name
        texts.append(str(value))
    return texts
