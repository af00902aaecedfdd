"""Reads CSV with a header: one token a row, and a column that numbers or names the sentences."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from seqbench import Corpus, DataError
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._byte_blocks import LONGEST_LINE, Encoding, Member, SkipBad, TextFile
from seqbench_datasets.readers._column_names import SENTENCE, WORD, refuse_doubled
from seqbench_datasets.readers._sentences import Sentences, numbered_lines

_NO_NUMBER = "nan"  # of pandas, for an empty cell
_LOOKED_AT = 100
_SEPARATORS = (",", ";", "\t", "|")


@dataclass
class _Opened:
    """Sentences that began since the last empty row, by their names, and the one that goes on."""

    names: set[str] = field(default_factory=set)
    current: str = ""

    def begins(self, where: str, name: str) -> bool:
        """Whether a row of this sentence opens it; an empty name is that of the row before.

        Raises `DataError` if the sentence has ended: nobody knows whether it goes on here or is another of its name.
        """
        if name in {"", self.current} or (name.casefold() == _NO_NUMBER and self.names):
            return False
        if name in self.names:
            way = "sort the lines by sentence, or leave a line empty where numbers begin anew"
            raise DataError(f"{where}: sentence {name!r} comes again behind sentence {self.current!r}: {way}")
        self.names.add(name)
        self.current = name
        return True


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    words: Annotated[str, "column of the words, by its name or number"] = "",
    sentence: Annotated[str, "column that says to which sentence a token belongs"] = "",
    separator: Annotated[
        str, "character between cells, or tab; , ; TAB or | if left out, the first in the header"
    ] = "",
    encoding: Encoding = "utf-8",
    member: Member = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words with the tags of the last column, or of the one asked for, by its name in the first line or number.

    A new sentence begins where the sentence column has another value (empty ones repeat the one before), or at an empty
    row. `DataError` names file, line and what was expected; a sentence that begins again behind others is one too,
    unless an empty row is between, behind which numbers may begin anew.
    """
    rows = _rows(path, TextFile(path, encoding, member=member), separator)
    line, header = next(rows, (1, []))
    names = [name.strip().casefold() for name in header]
    cut = _column(path, line, sentence, names) if sentence else _usual(names, SENTENCE)
    word = _column(path, line, words, names) if words else _usual(names, WORD)
    if word is None:
        sign = quote(
            _sign(next((text for _, text in numbered_lines(TextFile(path, encoding, member=member))), ""), separator)
        )
        way = f"name it with ?words=, or read a file without a header with ?reader=columns&separator={sign}"
        raise DataError(f"{path}:{line}: no column of the header holds the words ({', '.join(header)}); {way}")
    last = max((number for number in range(len(names)) if number not in (cut, word)), default=word)
    chosen = [_column(path, line, tags, names) if tags else last]
    chosen += [_column(path, line, name, names) for name in features]
    wishes = [(word, words), (chosen[0], tags or ""), *zip(chosen[1:], features, strict=True)]
    wishes += [] if cut is None else [(cut, sentence)]
    refuse_doubled(f"{path}:{line}", [name.strip() for name in header], wishes)
    if len({word, *chosen}) < 1 + len(chosen):
        raise DataError(f"{path}: words, tags and features must be different columns")
    sentences, buffer, start = Sentences(path, BadLines(bool(skip_bad))), list[list[str]](), line
    opened = _Opened()
    for line, cells in rows:
        blank = not any(cell.strip() for cell in cells)
        if not blank and (len(cells) != len(names) or not all(cells[column].strip() for column in (word, *chosen))):
            sentences.refuse(line, ",".join(cells), _fault(cells, len(names)))
            continue
        if blank or opened.begins(f"{path}:{line}", "" if cut is None else cells[cut].strip()):
            _flush(sentences, start, buffer, features)
            buffer, start = [], line
        if blank:
            opened = _Opened()
        else:
            buffer.append([cells[column].strip() for column in (word, *chosen)])
    _flush(sentences, start, buffer, features)
    unsure = words.isdecimal() and _usual(names, WORD) is None
    corpus = sentences.corpus((f"the first line names the columns: {', '.join(header)}",) if unsure else ())
    if not words and not tags:
        _refuse_sentences(path, corpus)
    return corpus


def _refuse_sentences(path: Path, corpus: Corpus) -> None:
    """Raises `DataError` if most words and their tags look like whole sentences: words and as many tags, or lists."""
    words, tags = (part.vocabulary[part.ids[:_LOOKED_AT]].tolist() for part in (corpus.sentences, corpus.tags))
    pairs = list(zip(words, tags, strict=True))
    whole = [word for word, tag in pairs if word[:1] == tag[:1] == "[" or 0 < word.count(" ") == tag.count(" ")]
    if 2 * len(whole) > len(pairs):
        way = "write one token a row and a column that tells sentences, or lists of words and tags as JSON lines"
        raise DataError(f"{path}: each row looks like a sentence and its tags ({whole[0][:40]!r}); {way}")


def _fault(cells: list[str], expected: int) -> str:
    """Fault of a row, in words."""
    if len(cells) == expected:
        return "a word or a tag is empty"
    return f"{len(cells)} cells, expected {expected} (as in the header)"


def _flush(sentences: Sentences, line: int, rows: list[list[str]], features: tuple[str, ...]) -> None:
    if rows:
        words, tags, *layers = map(list, zip(*rows, strict=True))
        sentences.add(line, words, tags, dict(zip(features, layers, strict=True)))


def _rows(path: Path, file: TextFile, separator: str) -> Iterator[tuple[int, list[str]]]:
    lines = (line + "\n" for _, line in numbered_lines(file))
    first = next(lines, "")
    separator = _sign(first, separator)
    if len(separator) != 1:
        raise DataError(f"{path}: the separator of CSV is one character, was: {separator!r}")
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(chain([first] if first else [], lines), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except (csv.Error, ValueError) as error:
        raise DataError(f"{path}:{reader.line_num}: no CSV: {error}") from error


def _sign(header: str, separator: str) -> str:
    """Character between cells: the one that is asked for, else the first that the header has."""
    return {"tab": "\t", "": next((sign for sign in _SEPARATORS if sign in header), ",")}.get(separator, separator)


def _usual(names: list[str], usual: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in usual if name in names), None)


def _column(path: Path, line: int, name: str, names: list[str]) -> int:
    if name.casefold() in names:
        return names.index(name.casefold())
    if name.isdecimal() and 1 <= int(name) <= len(names):
        return int(name) - 1
    raise DataError(f"{path}:{line}: has no column {name!r}; it has {', '.join(names)}")


read.example = "sentence,word,tag\n1,the,DET\n1,dog,NOUN\n2,a,DET\n"  # type: ignore[attr-defined]
