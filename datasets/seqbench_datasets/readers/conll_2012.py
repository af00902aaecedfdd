"""Reads CoNLL-2012 (OntoNotes): at least eleven columns, more where there are predicates; spans in brackets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from seqbench import Corpus, DataError, unknown
from seqbench_datasets.readers._bad_lines import BadLines
from seqbench_datasets.readers._brackets import iob2_of_brackets
from seqbench_datasets.readers._byte_blocks import Encoding, Member, SkipBad, TextFile
from seqbench_datasets.readers._sentences import Sentences, numbered_lines

_COLUMNS = ("document", "part", "number", "word", "pos", "parse", "lemma", "frameset", "sense", "speaker", "ner")
_WORD = _COLUMNS.index("word")


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: Encoding = "utf-8",
    member: Member = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words (column 4) with the tags of column `ner`, or of another one by name or number, such as `pos`.

    `(PER*`, `*` and `*)` become tags of IOB2. `#begin document` opens a document. `DataError` names file, line and what
    was expected.
    """
    chosen = [_column(path, name) for name in (tags or "ner", *features)]
    if len({_WORD, *chosen}) < 1 + len(chosen):
        raise DataError(f"{path}: words (column 4), tags and features must be different columns")
    sentences, rows, opens = Sentences(path, BadLines(bool(skip_bad))), list[list[str]](), False
    for line, text in numbered_lines(TextFile(path, encoding, member=member)):
        if text.startswith(("#begin document", "#end document")) or not text.strip():
            opens = _flush(sentences, line, rows, features, opens=opens) or text.startswith("#begin")
            rows = []
            continue
        with sentences.line(line, text):
            rows.append(_cells(path, line, text.split(), [_WORD, *chosen]))
    _flush(sentences, line, rows, features, opens=opens) if rows else None
    corpus = sentences.corpus()
    made = iob2_of_brackets(corpus.tags)
    note = "spans in brackets are read as IOB2"
    return corpus if made is None else replace(corpus, tags=made, notes=(*corpus.notes, note))


def _column(path: Path, name: str) -> int:
    """The number of a column, from 0."""
    if name.casefold() in _COLUMNS:
        return _COLUMNS.index(name.casefold())
    if name.isdecimal() and 1 <= int(name) <= len(_COLUMNS):
        return int(name) - 1
    raise DataError(f"{path}: {unknown('column of CoNLL-2012', name, _COLUMNS, listed='Columns (or 1 to 11)')}")


def _cells(path: Path, line: int, cells: list[str], chosen: list[int]) -> list[str]:
    if len(cells) < len(_COLUMNS):
        raise DataError(f"{path}:{line}: {len(cells)} columns, expected at least {len(_COLUMNS)} (CoNLL-2012)")
    return [cells[number] for number in chosen]


def _flush(sentences: Sentences, line: int, rows: list[list[str]], features: tuple[str, ...], *, opens: bool) -> bool:
    """Append the sentence of these rows; whether a document is still to be opened."""
    if not rows:
        return opens
    if opens:
        sentences.documents.append(len(sentences.words))
    words, tags, *layers = map(list, zip(*rows, strict=True))
    sentences.add(line, words, tags, dict(zip(features, layers, strict=True)))
    return False


read.example = (  # type: ignore[attr-defined]
    "#begin document (x); part 000\nx 0 0 Anna NNP (S* - - - A (PER) -\nx 0 1 left VBD *) - - - A * -\n"
    "\n#end document\n"
)
