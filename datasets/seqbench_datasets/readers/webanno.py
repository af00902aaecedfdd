"""Reads WebAnno's and INCEpTION's TSV 3: a token a line, spans as `PER[1]`, as tags of IOB2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from seqbench import Corpus, DataError, unknown
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._byte_blocks import Encoding, Member, SkipBad, TextFile
from seqbench_datasets.readers._sentences import Sentences, numbered_lines

_FORMAT = "#FORMAT=WebAnno TSV 3"
_LAYER = re.compile(r"#T_(SP|CH|RL)=([^|]+)(?:\|(.*))?")
_TOKEN = re.compile(r"(\d+)-(\d+)")
_VALUE = re.compile(r"(.*?)(?:\[(\d+)\])?", re.DOTALL)
_STACKED = re.compile(r"(?:\\.|[^|])*", re.DOTALL)
_BEFORE = 3  # cells before the features: number, place, word
_OF_TOKENS = ("POS", "Lemma", "MorphologicalFeatures", "Stem")


@dataclass
class _Header:
    """Features of all layers in the order of their columns, each by its name; `plain` ones are no spans."""

    names: list[str] = field(default_factory=list)
    plain: list[bool] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Take in a line of the header."""
        match = _LAYER.match(line)
        if match is None:
            return
        kind, layer, features = match[1], match[2].rpartition(".")[2], [f for f in (match[3] or "").split("|") if f]
        columns = (features or [layer]) if kind == "SP" else [*features, *["(link)"] * (kind == "RL")] or [layer]
        self.names += [feature if feature in {layer, "(link)"} else f"{layer}.{feature}" for feature in columns]
        self.plain += [layer in _OF_TOKENS] * len(columns)

    def column(self, path: Path, name: str) -> int:
        """The number of a feature's column, from 0, by `layer.feature`, `feature` or its number from 1."""
        for names in (self.names, [known.rpartition(".")[2] for known in self.names]):
            if name in names:
                return names.index(name)
        if name.isdecimal() and 1 <= int(name) <= len(self.names):
            return int(name) - 1
        raise DataError(f"{path}: {unknown('feature of this file', name, self.names, listed='Features')}")


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: Encoding = "utf-8",
    member: Member = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words with the tags of the first feature, or of `NamedEntity.value`, `value` or a number from 1.

    Values of spans become tags of IOB2, those of POS and the like stay. Of several values of a token (`A|B`) the first
    counts, which a note tells. `DataError` names file, line and what was expected.
    """
    header, sentences, rows = _Header(), Sentences(path, BadLines(bool(skip_bad))), list[list[str]]()
    stacked, line, columns = 0, 1, list[int]()
    for line, text in _lines(path, TextFile(path, encoding, member=member), header):
        if not text:
            _flush(sentences, line, rows, features)
            rows = []
            continue
        columns = columns or [header.column(path, name) for name in (tags or "1", *features)]
        with sentences.line(line, text):
            cells = _cells(path, line, text, len(header.names))
            if cells:
                stacked += _of_first(cells[_BEFORE + columns[0]]) != cells[_BEFORE + columns[0]]
                before = rows[-1] if rows else []
                rows.append(_row(header, cells, columns, before))
    _flush(sentences, line, rows, features)
    note = f"{stacked:,} tokens have several values of the feature: the first one is read"
    return sentences.corpus((note,) if stacked else ())


def _lines(path: Path, file: TextFile, header: _Header) -> Iterator[tuple[int, str]]:
    """The lines of tokens, and blank ones, after the header."""
    for line, text in numbered_lines(file):
        if line == 1 and not text.startswith(_FORMAT):
            raise DataError(f"{path}:1: the first line must begin with {_FORMAT!r}, was: {text[:60]!r}")
        if text.startswith("#"):
            header.add(text)
        else:
            yield line, text.rstrip("\r")


def _cells(path: Path, line: int, text: str, features: int) -> list[str]:
    """The cells of a token, none for a part of a token (`1-2.1`)."""
    cells = text.split("\t")
    if _TOKEN.fullmatch(cells[0]) is None:
        if re.fullmatch(r"\d+-\d+\.\d+", cells[0]):
            return []
        raise DataError(f"{path}:{line}: the first cell must be like 1-2 (sentence, token), was: {cells[0][:60]!r}")
    if not _BEFORE + features <= len([*cells]) <= _BEFORE + features + 1:
        raise DataError(f"{path}:{line}: {len(cells)} cells, expected {_BEFORE + features}, as the header says")
    return cells


def _row(header: _Header, cells: list[str], columns: list[int], before: list[str]) -> list[str]:
    """Word, tags and layers of a token, and behind them the number of its span, for the next token."""
    values = [_first(cells[_BEFORE + number]) for number in columns]
    number = f"{values[0][1]}:{values[0][0]}" if values[0][1] else ""
    goes_on = bool(number) and bool(before) and before[-1] == number
    kind = values[0][0]
    tag = kind if header.plain[columns[0]] else "O" if kind == "_" else f"{'I' if goes_on else 'B'}-{kind}"
    return [cells[2], tag, *(value for value, _ in values[1:]), number]


def _of_first(cell: str) -> str:
    """The cell up to the first `|` that is not escaped."""
    match = _STACKED.match(cell)
    return match[0] if match else cell


def _first(cell: str) -> tuple[str, str]:
    """The first value of a cell and the number of its span, if it has one; escapes are undone."""
    match = _VALUE.fullmatch(_of_first(cell))
    value, number = (match[1], match[2] or "") if match else (cell, "")
    return ("_" if value == "_" else re.sub(r"\\(.)", r"\1", value)), number


def _flush(sentences: Sentences, line: int, rows: list[list[str]], features: tuple[str, ...]) -> None:
    if rows:
        words, tags, *layers, _ = map(list, zip(*rows, strict=True))
        layered: Mapping[str, list[str]] = dict(zip(features, layers, strict=True))
        with sentences.line(line - 1, " ".join(words)):
            sentences.add(line - 1, words, tags, dict(layered))


read.example = (  # type: ignore[attr-defined]
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.NamedEntity|value\n\n\n#Text=Anna left\n"
    "1-1\t0-4\tAnna\tPER\n1-2\t5-9\tleft\t_\n"
)
