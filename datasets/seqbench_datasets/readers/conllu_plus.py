"""Reads CoNLL-U Plus: like CoNLL-U, with the columns that its first line names."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus, DataError
from seqbench_datasets.readers._byte_blocks import BLOCK, SkipBad, TextFile
from seqbench_datasets.readers._conllu_table import Columns, read_table
from seqbench_datasets.readers._sentences import numbered_lines

_BEGIN = "# global.columns ="


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: str = "utf-8",
    member: str = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words (FORM) with the tags of the last column, or of the one that is asked for, and others as layers.

    A column like `PARSEME:MWE` goes by its whole name, or by what stands behind the colon. `DataError` names file, line
    and what was expected.
    """
    file = TextFile(path, encoding, member=member)
    _, first = next(numbered_lines(file), (1, ""))
    names = tuple(_short(name) for name in first.removeprefix(_BEGIN).split())
    if not first.startswith(_BEGIN) or names[:1] != ("id",) or "form" not in names or len(set(names)) < len(names):
        raise DataError(f"{path}:1: the first line must be '{_BEGIN} ID FORM ...', was: {first[:60]!r}")
    return read_table(
        file, Columns(names, _short(tags) if tags else names[-1], features), BLOCK, skip_bad=bool(skip_bad)
    )


def _short(name: str) -> str:
    """The last part of a column's name, in small letters."""
    return name.rpartition(":")[2].lower()


read.example = "# global.columns = ID FORM TAG\n1\tthe\tDET\n2\tdog\tNOUN\n\n1\ta\tDET\n"  # type: ignore[attr-defined]
