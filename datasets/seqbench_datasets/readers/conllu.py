"""Reads CoNLL-U: ten columns between TABs, `#` comments, an empty line after each sentence."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus
from seqbench_datasets.readers._byte_blocks import BLOCK, SkipBad, TextFile
from seqbench_datasets.readers._conllu_table import COLUMNS, Columns, read_table


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: str = "utf-8",
    skip: int = 0,
    member: str = "",
    skip_bad: SkipBad = 0,
    _block_bytes: int = BLOCK,
) -> Corpus:
    """The words of a file with the tags of one column (`upos` unless said otherwise) and further columns as layers.

    Columns go by name or by number from 1; `feats:Case` or `misc:NER` is one key of a column, `_` where it is missing.
    Multiword tokens and empty nodes are no words and are left out.
    `encoding` is that of the file, `skip` leaves out so many lines at its start, `member` is a file of a zip, and
    `skip_bad` leaves out malformed lines.
    `DataError` names file, line and what was expected.
    """
    file = TextFile(path, encoding, skip, member)
    return read_table(file, Columns(COLUMNS, tags or "upos", tuple(features)), _block_bytes, skip_bad=bool(skip_bad))
