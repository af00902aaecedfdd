"""Word vectors from a file in word2vec's or GloVe's format, plain or packed (gz, bz2, xz, zip), or from a folder."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.learned_files import check_array
from seqbench.data.corpus import Strings
from seqbench.data.foreign_contents import LOOKED_AT, foreign
from seqbench.data.packed_files import unpacked_file
from seqbench.errors import DataError
from seqbench.neural.vector_folder import read_folder

_PEEKED = 1 << 16
_EDGES = b" \t\r\n"
_LINES_AT_ONCE, _LONGEST_WORD, _LONGEST_LINE = 10_000, 10_000, 1 << 24

Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Vectors:
    """`rows` leads from a word to its row of `matrix` (words, numbers)."""

    rows: dict[str, int]
    matrix: Matrix

    @classmethod
    def read(cls, path: Path) -> Vectors:
        """The vectors of a file or folder; of a word given twice, the first. `DataError` names the line that is wrong.

        A first line of two whole numbers (words, numbers of a vector) is word2vec's (Mikolov et al. 2013); without it
        the file is in GloVe's format (Pennington et al. 2014). Numbers stand between blanks, TABs or commas.
        """
        if path.is_dir():
            return cls._of(*read_folder(path))
        with unpacked_file(path, _PEEKED) as file:
            return cls._of(*_parsed(path, file))

    @classmethod
    def _of(cls, words: list[str], matrix: Matrix) -> Vectors:
        rows = {word: row for row, word in reversed(list(enumerate(words)))}
        return cls(rows, matrix)

    def check(self) -> None:
        """Raises `ValueError` unless every word leads to a row of finite numbers."""
        check_array("matrix", self.matrix, None, None)
        check_array("rows", np.array([*self.rows.values()], np.int64), None, below=len(self.matrix))
        if not np.isfinite(self.matrix).all():
            raise ValueError("a word vector holds a value that is no finite number")

    @property
    def size(self) -> int:
        """Numbers of a vector."""
        return int(self.matrix.shape[1])

    def of(self, vocabulary: Strings) -> Matrix:
        """The vector of each form, else of the lower-cased form, else zeros: (forms, numbers)."""
        rows = np.array([self.rows.get(form, self.rows.get(form.lower(), -1)) for form in vocabulary], np.int64)
        vectors = np.zeros((len(rows), self.size), np.float32)
        vectors[rows >= 0] = self.matrix[rows[rows >= 0]]
        return vectors

    def known(self, vocabulary: Strings) -> NDArray[np.bool_]:
        """Flags of the forms that have a vector: (forms,)."""
        return np.array([form in self.rows or form.lower() in self.rows for form in vocabulary], bool)


def _parsed(path: Path, file: io.BufferedReader) -> tuple[list[str], Matrix]:
    begin = file.peek(LOOKED_AT)[:LOOKED_AT]
    wide = "is UTF-16, not UTF-8; save it in UTF-8" if begin.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    if other := wide or foreign(begin):
        raise DataError(f"{path}: {other}")
    number, first = 1, file.readline(_LONGEST_LINE).removeprefix(b"\xef\xbb\xbf")
    while first and not first.strip():
        number, first = number + 1, file.readline(_LONGEST_LINE)
    if not first:
        raise DataError(f"{path}: holds no word vectors")
    header = first.split()
    if len(header) == 2 and all(part.isdigit() for part in header):  # noqa: PLR2004 -- words, numbers
        words, size = int(header[0]), int(header[1])
        if not _is_text(file.peek(_PEEKED), size):
            return _binary(path, file, words, size)
        return _promised(path, file, words, size, number)
    size = len(_parts(first, _separator(first))) - 1
    if size < 1:
        shown = first.decode("utf-8", "replace").strip()[:60]
        raise DataError(f"{path}:{number}: expected a word and its numbers, was: {shown!r}")
    return _text(path, chain([first], file), size, number)


def _promised(path: Path, lines: Iterable[bytes], words: int, size: int, line: int) -> tuple[list[str], Matrix]:
    """Words and vectors behind a header in this line. Raises `DataError` if the file holds less than it promises."""
    names, matrix = _text(path, lines, size, line + 1)
    if len(names) < words:
        raise DataError(f"{path}: ends after {len(names):,} of the {words:,} words that line {line} promises")
    return names, matrix


def _separator(line: bytes) -> bytes:
    """Separator between numbers: TABs, commas where there is no blank, else blanks."""
    text = line.strip(_EDGES)
    if text.count(b"\t") > 1:
        return b"\t"
    return b"," if b"," in text and b" " not in text and b"\t" not in text else b" "


def _parts(line: bytes, separator: bytes, most: int = -1) -> list[bytes]:
    """The word and its numbers; one TAB, behind the word, is a blank where blanks stand between numbers."""
    text = line.strip(_EDGES)
    return (text.replace(b"\t", b" ") if separator == b" " else text).rsplit(separator, most)


def _is_text(start: bytes, size: int) -> bool:
    """Whether what follows a header is lines of a word and numbers, as many as promised or not."""
    line, newline, _ = start.partition(b"\n")
    _, *numbers = _parts(line, _separator(line), size) if line.strip() else [b""]
    whole = numbers if newline or len(numbers) == 1 else numbers[:-1]
    return bool(whole) and all(map(_is_number, whole))


def _text(path: Path, lines: Iterable[bytes], size: int, first: int) -> tuple[list[str], Matrix]:
    words: list[str] = []
    blocks, separator = [], b""
    remaining = iter(lines)
    while block := list(islice(remaining, _LINES_AT_ONCE)):
        separator = separator or _separator(block[0])
        numbered = [(number, line) for number, line in enumerate(block, start=first) if line.strip()]
        first += len(block)
        parts = [_parts(line, separator, size) for _, line in numbered]
        blocks.append(_table(path, numbered, parts, size))
        words += [part[0].decode("utf-8", "replace") for part in parts]
    return words, np.concatenate([np.zeros((0, size), np.float32), *blocks])


def _table(path: Path, numbered: list[tuple[int, bytes]], parts: list[list[bytes]], size: int) -> Matrix:
    """The numbers of lines (lines, size). Raises `DataError` with the first line that has others."""
    if not parts:
        return np.zeros((0, size), np.float32)
    try:
        table = np.loadtxt([b" ".join(part[1:]) for part in parts], np.float32, comments=None, ndmin=2)
        if table.shape == (len(parts), size) and np.isfinite(table).all():
            return table
    except ValueError:
        pass
    for (number, line), (_, *numbers) in zip(numbered, parts, strict=True):
        if len(numbers) != size or not all(map(_is_number, numbers)):
            raise DataError(f"{path}:{number}: {_fault(line, numbers, size)}")
    raise DataError(f"{path}:{numbered[0][0]}: what follows are no lines of a word and {size} numbers")


def _fault(line: bytes, numbers: list[bytes], size: int) -> str:
    """Fault of the numbers behind a word, in words."""
    every = _parts(line, _separator(line))[1:]
    if len(numbers) != size or (len(every) != size and all(map(_is_number, every))):
        return f"{len(every)} numbers after the word, expected {size}"
    wrong = next(text for text in numbers if not _is_number(text))
    return f"{wrong.decode('utf-8', 'replace')[:60]!r} is no finite number"


def _is_number(text: bytes) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _binary(path: Path, file: io.BufferedReader, words: int, size: int) -> tuple[list[str], Matrix]:
    if words * size * 4 > 1 << 40:
        raise DataError(f"{path}: its first line promises {words:,} words of {size:,} numbers, which no file holds")
    names: list[str] = []
    rows = []
    for number in range(1, words + 1):
        names.append(_word(file).decode("utf-8", "replace").lstrip("\n"))
        content = file.read(4 * size)
        if len(content) < 4 * size or len(names[-1]) > _LONGEST_WORD:
            raise DataError(f"{path}: ends or is damaged within word {number:,} of {words:,}")
        rows.append(np.frombuffer(content, "<f4"))
    matrix = np.array(rows, np.float32).reshape(words, size)
    for wrong in np.flatnonzero(~np.isfinite(matrix).all(1))[:1].tolist():
        raise DataError(f"{path}: the vector of {names[wrong]!r} holds a value that is no finite number")
    return names, matrix


def _word(file: io.BufferedReader) -> bytes:
    """The bytes before the next space."""
    word = b""
    while (letter := file.read(1)) not in (b" ", b"") and len(word) <= _LONGEST_WORD:
        word += letter
    return word
