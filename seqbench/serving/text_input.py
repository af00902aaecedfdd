"""Text to be tagged, a sentence at a time: lines of words, columns, CoNLL-U or JSON lines, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from seqbench.data.strict_json import StrictDecoder
from seqbench.errors import DataError, UsageError

InputFormat: TypeAlias = Literal["text", "columns", "conllu", "jsonl"]
Tokenizer: TypeAlias = Callable[[str], list[str]]
SUFFIXES: dict[str, InputFormat] = {
    ".conllu": "conllu",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".tsv": "columns",
    ".conll": "columns",
}
CONLLU_COLUMNS = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
_LONGEST_SENTENCE = 1_000_000
_LONGEST_LINE = 1 << 24
_DECODER = StrictDecoder()
_BLANKS = re.compile(r"[ \t]+")
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_WORD_ID = re.compile(r"[0-9]+")


@dataclass(slots=True)
class Sentence:
    """Words; of columns also the lines of the file, and the number of the line that each word stands in."""

    words: list[str]
    lines: Sequence[str] = ()
    places: Sequence[int] = ()

    def column(self, number: int) -> list[str]:
        """The values of a column, by number from 0. Raises `DataError` if a line has no such column."""
        rows = [cells(self.lines[index]) for index in self.places]
        if any(number >= len(row) for row in rows):
            raise DataError(f"a line has no column {number + 1}: {self.lines[self.places[0]]!r}")
        return [row[number] for row in rows]


def cells(line: str) -> list[str]:
    """The cells of a line of columns: between TABs if it has one, else between runs of spaces."""
    return line.split("\t") if "\t" in line else _BLANKS.split(line.strip(" "))


def column_number(name: str, form: InputFormat) -> int:
    """A column by number from 1 or, in CoNLL-U, by name: its number from 0. Raises `UsageError` if there is none."""
    if name.isdecimal() and int(name):
        return int(name) - 1
    if form == "conllu" and name.lower() in CONLLU_COLUMNS:
        return CONLLU_COLUMNS.index(name.lower())
    raise UsageError(f"{name!r} is no column of {form}; name it by its number from 1")


def lines_of(stream: Iterable[bytes], name: str) -> Iterator[str]:
    """The lines of a file without their ends. Raises `DataError` with the number of a line that cannot be read."""
    for number, raw in enumerate(stream, start=1):
        if len(raw) > _LONGEST_LINE:
            raise DataError(f"{name}:{number}: the line is longer than {_LONGEST_LINE:,} bytes")
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise DataError(f"{name}:{number}: no UTF-8: {error.reason} at byte {error.start + 1}") from error
        yield line.rstrip("\r\n")


def sentences_of(lines: Iterable[str], form: InputFormat, name: str, tokenizer: Tokenizer) -> Iterator[Sentence]:
    """The sentences of lines in a format. Raises `DataError` for a line that does not fit."""
    if form == "text":
        return map(Sentence, map(tokenizer, lines))
    if form == "jsonl":
        return (Sentence(_json_words(line, f"{name}:{number}")) for number, line in enumerate(lines, start=1) if line)
    return _of_columns(lines, 1 if form == "conllu" else 0, name, conllu=form == "conllu")


def _of_columns(lines: Iterable[str], word: int, name: str, *, conllu: bool) -> Iterator[Sentence]:
    words: list[str] = []
    kept: list[str] = []
    places: list[int] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if kept:
                yield Sentence(words, kept, places)
                words, kept, places = [], [], []
            continue
        if len(kept) >= _LONGEST_SENTENCE:
            raise DataError(
                f"{name}:{number}: a sentence of more than {_LONGEST_SENTENCE:,} lines; is a blank line missing?"
            )
        kept.append(line)
        row = cells(line)
        if conllu and (line.startswith("#") or not _WORD_ID.fullmatch(row[0])):
            continue
        if word >= len(row):
            raise DataError(
                f"{name}:{number}: {len(row)} columns, the word should be in column {word + 1}: {line[:60]!r}"
            )
        words.append(row[word])
        places.append(len(kept) - 1)
    if kept:
        yield Sentence(words, kept, places)


def _json_words(line: str, where: str) -> list[str]:
    """The words of a line of JSON: a list, or an object with `words` or `tokens`."""
    try:
        content = _DECODER.decode(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{where}: no JSON: {error}") from error
    words = content.get("tokens", content.get("words")) if isinstance(content, dict) else content
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise DataError(f"{where}: a line must be a list of words, or an object with 'words', was: {line[:60]!r}")
    return words


def tokenizer_of(name: str) -> Tokenizer:
    """The tokenizer of a name: blanks, regex, or spacy:LANGUAGE. Raises `UsageError` if there is none."""
    kind, _, language = name.partition(":")
    if name == "blanks":
        return _between_blanks
    if name == "regex":
        return _TOKEN.findall
    if kind == "spacy":
        return _spacy(language or "en")
    raise UsageError(f"--tokenizer must be blanks, regex or spacy:LANGUAGE, was: {name!r}")


def _between_blanks(line: str) -> list[str]:
    words = line.replace("\t", " ").split(" ")
    return words if all(words) else [word for word in words if word]


def _spacy(language: str) -> Tokenizer:
    try:
        import spacy
    except ImportError as error:
        raise UsageError("--tokenizer spacy takes spaCy: pip install 'seqbench[spacy]'") from error
    try:
        blank = spacy.blank(language)
    except ImportError as error:
        raise UsageError(f"spaCy has no rules for the language {language!r}") from error
    return lambda line: [str(token) for token in blank.make_doc(line) if not token.is_space]
