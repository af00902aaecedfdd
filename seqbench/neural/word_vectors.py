"""Word vectors from a file (word2vec's text and binary formats and GloVe's, plain or gzipped), or from a folder."""

from __future__ import annotations

import gzip
import io
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.learned_files import check_array
from seqbench.data.corpus import Strings
from seqbench.errors import DataError
from seqbench.neural.vector_folder import read_folder

_GZIP = b"\x1f\x8b"
_LINES_AT_ONCE = 10_000
_PEEKED = 1 << 16
_LONGEST_WORD = 10_000
_LONGEST_LINE = 1 << 24

Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Vectors:
    """`rows` leads from a word to its row of `matrix` (words, numbers)."""

    rows: dict[str, int]
    matrix: Matrix

    @classmethod
    def read(cls, path: Path) -> Vectors:
        """The vectors of a file; of a word that it has twice, the first. `DataError` names the line that is wrong.

        A first line of two whole numbers (words, numbers of a vector) is word2vec's (Mikolov et al. 2013); without it
        the file is in GloVe's format (Pennington et al. 2014). A folder is read by `read_folder`.
        """
        if path.is_dir():
            return cls._of(*read_folder(path))
        try:
            with path.open("rb") as plain:
                zipped = plain.read(2) == _GZIP
            with _opened(path, zipped=zipped) as file:
                return cls._of(*_parsed(path, file))
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(f"{path}: cannot be read: {error}") from error

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


def _opened(path: Path, *, zipped: bool) -> io.BufferedReader[Any]:
    if zipped:
        return io.BufferedReader(gzip.GzipFile(path), _PEEKED)
    return io.BufferedReader(path.open("rb", buffering=0), _PEEKED)


def _parsed(path: Path, file: io.BufferedReader[Any]) -> tuple[list[str], Matrix]:
    first = file.readline(_LONGEST_LINE)
    if not first.strip():
        raise DataError(f"{path}: holds no word vectors")
    header = first.split()
    if len(header) == 2 and all(part.isdigit() for part in header):  # noqa: PLR2004 -- words, numbers
        words, size = int(header[0]), int(header[1])
        return _text(path, file, size, first=2) if _is_text(file.peek(), size) else _binary(path, file, words, size)
    size = len(header) - 1
    return _text(path, chain([first], file), size, first=1)


def _is_text(start: bytes, size: int) -> bool:
    """Whether what follows a header is lines of a word and so many numbers."""
    try:
        return len([float(part) for part in start.split(b"\n")[0].rstrip().split(b" ")[-size:]]) == size
    except ValueError:
        return False


def _text(path: Path, lines: Iterable[bytes], size: int, first: int) -> tuple[list[str], Matrix]:
    words: list[str] = []
    blocks = []
    remaining = iter(lines)
    while block := list(islice(remaining, _LINES_AT_ONCE)):
        parts = [line.rstrip(b" \r\n").rsplit(b" ", size) for line in block]
        numbers = [b" ".join(part[1:]) for part in parts]
        try:
            table = np.loadtxt(numbers, np.float32, comments=None, ndmin=2)
            right = table.shape == (len(block), size) and bool(np.isfinite(table).all())
        except ValueError:
            right = False
        if not right:
            _refuse(path, parts, size, first + len(words))
        words += [part[0].decode("utf-8", "replace") for part in parts]
        blocks.append(table)
    return words, np.concatenate([np.zeros((0, size), np.float32), *blocks])


def _refuse(path: Path, lines: list[list[bytes]], size: int, first: int) -> None:
    """Name the first line of a block that is not a word and so many numbers."""
    for number, (_, *numbers) in enumerate(lines, start=first):
        if len(numbers) != size:
            raise DataError(f"{path}:{number}: {len(numbers)} numbers after the word, expected {size}")
        for text in numbers:
            if not _is_number(text):
                raise DataError(f"{path}:{number}: {text.decode('utf-8', 'replace')!r} is no finite number")


def _is_number(text: bytes) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _binary(path: Path, file: io.BufferedReader[Any], words: int, size: int) -> tuple[list[str], Matrix]:
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


def _word(file: io.BufferedReader[Any]) -> bytes:
    """The bytes before the next space."""
    word = b""
    while (letter := file.read(1)) not in (b" ", b"") and len(word) <= _LONGEST_WORD:
        word += letter
    return word
