"""Reads column files: one token a line, its columns between TABs or spaces, a blank line after each sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from seqbench import Corpus, UsageError
from seqbench_datasets.readers._byte_blocks import BLOCK, Encoding, Member, Skip, SkipBad, TextFile
from seqbench_datasets.readers._column_table import Space, read_columns
from seqbench_datasets.readers._layout import Choice


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    words: Annotated[str, "column of the words, by number from 1 or by name"] = "",
    header: Annotated[int | None, "1: the first line names the columns; 0: it does not; found out if left out"] = None,
    comments: Annotated[str, "lines that begin so are left out"] = "",
    separator: Annotated[str, "tab, space, blank (both), or one character; found out if left out"] = "",
    encoding: Encoding = "utf-8",
    skip: Skip = 0,
    member: Member = "",
    skip_bad: SkipBad = 0,
    arrays_folder: Path | None = None,
    _block_bytes: int = BLOCK,
) -> Corpus:
    """The words with the tags of one column (the last unless said otherwise) and other columns as layers.

    Words are the first column, or the second where the first counts the tokens of each sentence. Columns go by number
    from 1, or by name where the first line has names. Cells are separated by single TABs if most lines have one, else
    by runs of spaces; blanks around a cell are no part of it. `-DOCSTART-` and `#begin document` open a document and
    are no words. Spans in brackets (`(PER*`, `*)`) become tags of IOB2. `DataError` names file, line
    and what was expected. Ids are written to files of `arrays_folder`, if there is one, and mapped into memory.
    """
    if header not in (None, 0, 1):
        raise UsageError(f"header must be 0 or 1, was: {header}")
    named = None if header is None else bool(header)
    choice = Choice(tags, tuple(features), words, named, comments, separator, bool(skip_bad))
    return read_columns(TextFile(path, encoding, skip, member), choice, Space(_block_bytes, arrays_folder))
