"""Numbers that spaCy has for strings: those of its table of symbols, and hashes of all others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_MASK = (1 << 64) - 1
_FACTOR, _SHIFT, _SEED = 0xC6A4A7935BD1E995, 47, 1
_SYMBOLS = Path(__file__).with_name("spacy_symbols.txt")


def strings_by_number(strings: Iterable[str]) -> dict[int, str]:
    """The strings by their numbers, and the empty one by 0."""
    return {number: text for text, number in numbers_of_strings(strings).items()} | {0: ""}


def numbers_of_strings(strings: Iterable[str]) -> dict[str, int]:
    """The numbers of strings, that of the empty one being 0."""
    lines = _SYMBOLS.read_text(encoding="utf-8").splitlines()
    symbols = {name: int(number) for number, name in (line.split(" ") for line in lines)}
    return {text: (symbols.get(text) or murmur_hash(text.encode())) if text else 0 for text in strings}


def murmur_hash(data: bytes, seed: int = _SEED) -> int:
    """MurmurHash64A (Appleby 2008) of bytes."""
    mixed = seed ^ (len(data) * _FACTOR & _MASK)
    whole = len(data) - len(data) % 8
    for start in range(0, whole, 8):
        part = int.from_bytes(data[start : start + 8], "little") * _FACTOR & _MASK
        part = (part ^ part >> _SHIFT) * _FACTOR & _MASK
        mixed = (mixed ^ part) * _FACTOR & _MASK
    if whole < len(data):
        mixed = (mixed ^ int.from_bytes(data[whole:], "little")) * _FACTOR & _MASK
    mixed = (mixed ^ mixed >> _SHIFT) * _FACTOR & _MASK
    return mixed ^ mixed >> _SHIFT
