"""Reads CoNLL-X: ten columns between TABs, coarse and fine parts of speech, an empty line after each sentence."""

from __future__ import annotations

from pathlib import Path

from seqbench import Corpus
from seqbench_datasets.readers._byte_blocks import BLOCK, Encoding, Member, Skip, SkipBad, TextFile
from seqbench_datasets.readers._conllu_table import Columns, read_table

_COLUMNS = ("id", "form", "lemma", "cpostag", "postag", "feats", "head", "deprel", "phead", "pdeprel")


def read(  # noqa: PLR0913 -- all behind `features` are options of a path
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    encoding: Encoding = "utf-8",
    skip: Skip = 0,
    member: Member = "",
    skip_bad: SkipBad = 0,
) -> Corpus:
    """The words of a file with the tags of one column (`postag` unless said otherwise) and others as layers.

    Columns go by name or by number from 1. `DataError` names file, line and what was expected.
    """
    columns = Columns(_COLUMNS, tags or "postag", tuple(features))
    return read_table(TextFile(path, encoding, skip, member), columns, BLOCK, skip_bad=bool(skip_bad))


read.example = "1\tthe\tthe\tD\tDT\t_\t2\tdet\t_\t_\n2\tdog\tdog\tN\tNN\t_\t0\troot\t_\t_\n"  # type: ignore[attr-defined]
