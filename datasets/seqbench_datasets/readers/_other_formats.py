"""Files that look like columns at first sight, and are of another format: refused, with the reader to name."""

from __future__ import annotations

from urllib.parse import quote

from seqbench import DataError
from seqbench_datasets.readers._byte_blocks import Block
from seqbench_datasets.readers._column_names import SENTENCE, WORD
from seqbench_datasets.readers._layout import SPACE, TAB, Choice, Seen, first_rows

_WEBANNO = b"#FORMAT=WebAnno TSV 3"
_CONLL_2012 = 11  # columns at least
_JOINTS = (b"###", b"/", b"|", b"_")


def refuse_other_formats(whole: Block, block: Block, first_lines: Seen, choice: Choice) -> None:
    """Raises `DataError` if the first lines are surely of another format; a wish for columns is not questioned.

    `whole` is the first block of the file, `block` the same without comments and marks of documents.
    """
    if choice.tags or choice.words or choice.header is not None:
        return
    rows = [row for _, row in first_rows(block, choice.comments.encode())]
    other = _reader_of([row for _, row in first_rows(whole, b"")])
    if other is not None:
        what, reader = other
        raise DataError(f"{block.path}:{block.line}: {what}; read it with ?reader={reader}")
    if first_lines.layout.separator == TAB and first_lines.layout.columns == 2:  # noqa: PLR2004 -- the sentence and its tags
        _refuse_lines_of_sentences(block, rows)
    if first_lines.layout.separator == TAB:
        _refuse_numbered_sentences(block, rows[0])
    if first_lines.layout.separator == SPACE and not choice.separator:
        _refuse_joined_tags(block, rows)


def _reader_of(rows: list[bytes]) -> tuple[str, str] | None:
    """Kind of the rows, and the reader for it."""
    if rows[0].startswith(_WEBANNO):
        return "is in WebAnno's TSV 3", "webanno"
    if any(b"<START" in row and b"<END>" in row for row in rows):
        return "marks spans by <START:type> and <END>, as OpenNLP does", "opennlp"
    if rows[0].startswith(b"#begin document"):
        tokens = [row.split() for row in rows[1:] if row[:1] != b"#"]
        if len({len(cells) for cells in tokens}) > 1:
            return "has more columns in some sentences than in others, as CoNLL-2012 does", "conll-2012"
        if tokens and all(len(cells) >= _CONLL_2012 and cells[1].isdigit() and cells[2].isdigit() for cells in tokens):
            return "has the columns of CoNLL-2012: document, part, number, word", "conll-2012"
    return None


def _refuse_lines_of_sentences(block: Block, rows: list[bytes]) -> None:
    """Raises `DataError` if both cells of most lines have the same number of blanks: sentence, TAB, tags."""
    pairs = [row.split(b"\t") for row in rows if row.count(b"\t") == 1]
    alike = [left.strip().count(b" ") == right.strip().count(b" ") for left, right in pairs]
    several = sum(b" " in left.strip() for left, _ in pairs)
    if 2 * several > len(pairs) and all(alike):
        raise DataError(
            f"{block.path}:{block.line}: each line looks like a sentence, a TAB and its tags; "
            "a column file has one token a line"
        )


def _refuse_numbered_sentences(block: Block, header: bytes) -> None:
    """Raises `DataError` if the first line names a column that says to which sentence a token belongs."""
    names = {cell.strip().casefold() for cell in header.decode().split("\t")}
    if not names.isdisjoint(SENTENCE) and not names.isdisjoint(WORD):
        raise DataError(
            f"{block.path}:{block.line}: the first line names a column of sentences; read it with "
            "?reader=csv-table&separator=tab"
        )


def _refuse_joined_tags(block: Block, rows: list[bytes]) -> None:
    """Raises `DataError` if every cell is a word joined to its tag: `Anna/B-PER left/O`."""
    lines = [row.split() for row in rows]
    for joint in _JOINTS:
        varied = joint != b"_" or len({len(cells) for cells in lines}) > 1
        if varied and all(joint in cell[1:].rstrip(joint) for cells in lines for cell in cells):
            what = f"{block.path}:{block.line}: each word looks joined to its tag by {joint.decode()!r}"
            if len(joint) == 1 and len(lines) > 1 and all(len(cells) == 1 for cells in lines):
                raise DataError(f"{what}, a token a line; read it with ?separator={quote(joint.decode(), safe='')}")
            raise DataError(
                f"{what}, a sentence a line; read it with ?reader=slashed, or name the column of the tags (?tags=2) "
                "if these are columns"
            )
