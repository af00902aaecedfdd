"""Word lists whose tokens are letters: B where a part of a word begins (syllable, word, morpheme), I inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.catalogue._readings import Choice, Reading, lines_of
from seqbench_datasets.catalogue.entries import CatalogueEntry


def read_hyphens(path: Path, entry: CatalogueEntry, _choice: Choice) -> Reading:
    """One word a line, a hyphen wherever it may be broken."""
    return _of_parts(path, (line.split("-") for line in _filled(path, entry)))


def read_bars(path: Path, entry: CatalogueEntry, _choice: Choice) -> Reading:
    """One text a line, a bar between words; blanks are words of their own."""
    return _of_parts(path, (line.split("|") for line in _filled(path, entry)))


def read_morphemes(path: Path, entry: CatalogueEntry, _choice: Choice) -> Reading:
    """A word, TAB, its morphemes with ` @@` between them. Where letters change, the two are aligned first."""
    words, tags, changed = [], [], 0
    for line in _filled(path, entry):
        word, tab, rest = line.partition("\t")
        if not tab or not word:
            raise DataError(f"{path}: expected a word, TAB and its morphemes, was: {line!r}")
        morphemes = [part.strip() for part in rest.partition("\t")[0].split("@@")]
        joined = "".join(morphemes)
        changed += joined != word
        words.append(list(word))
        begins = set(_begins(word, [part for part in morphemes if part]))
        tags.append(["B" if position in begins else "I" for position in range(len(word))])
    differ = "words differ from their morphemes and were aligned letter by letter"
    note = f"{path.name}: {changed:,} of {len(words):,} {differ}"
    return Reading.of(Corpus.encode(words, tags), (note,) if changed else ())


def _filled(path: Path, entry: CatalogueEntry) -> Iterator[str]:
    return (line for line in lines_of(path, entry.encoding) if line.strip(" \t"))


def _of_parts(path: Path, lines: Iterable[list[str]]) -> Reading:
    parts = [[part for part in line if part] for line in lines]
    if not any(parts):
        raise DataError(f"{path}: holds no word")
    words = [list("".join(line)) for line in parts if line]
    tags = [[tag for part in line for tag in ("B" + "I" * (len(part) - 1))] for line in parts if line]
    return Reading.of(Corpus.encode(words, tags))


def _begins(word: str, morphemes: list[str]) -> Iterator[int]:
    """Places of a word at which its morphemes begin, from 0, by the cheapest alignment of the two."""
    yield 0
    joined = "".join(morphemes)
    places = range(len(word)) if joined == word else aligned(word, joined)
    end = 0
    for morpheme in morphemes[:-1]:
        end += len(morpheme)
        if end < len(places) and places[end] < len(word):
            yield places[end]


def aligned(word: str, other: str) -> list[int]:
    """Place in a word that each letter of another text is aligned with, with the fewest edits (Wagner and Fischer)."""
    costs = [list(range(len(word) + 1))]
    for row, letter in enumerate(other):
        line, above = [row + 1], costs[-1]
        for position, own in enumerate(word):
            line.append(min(above[position] + (letter != own), above[position + 1] + 1, line[position] + 1))
        costs.append(line)
    return _traced(word, other, costs)


def _traced(word: str, other: str, costs: list[list[int]]) -> list[int]:
    places, position, row = [0] * len(other), len(word), len(other)
    while row:
        if position and costs[row][position] == costs[row - 1][position - 1] + (word[position - 1] != other[row - 1]):
            row, position = row - 1, position - 1
            places[row] = position
        elif costs[row][position] == costs[row - 1][position] + 1:
            row -= 1
            places[row] = position
        else:
            position -= 1
    return places
