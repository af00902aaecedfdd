"""Word vectors from a folder: a table of numpy, and a text file with the word of each of its rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench.data.regular_files import opened
from seqbench.errors import DataError, cause


def read_folder(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    """The words, one a line of the only .txt file, and the table (words, numbers) of the only .npy file.

    Raises `DataError` if the folder holds no such pair of files.
    """
    table, lines = _only(folder, ".npy"), _only(folder, ".txt")
    matrix, words = _table(table), _words(lines)
    if len(matrix.shape[1:]) != 1 or matrix.dtype.kind != "f" or not np.isfinite(matrix).all():
        raise DataError(f"{table}: holds no table (words, numbers) of finite numbers, its shape is {matrix.shape}")
    if len(words) != len(matrix):
        raise DataError(f"{lines}: {len(words):,} words, expected one for each of {len(matrix):,} rows of {table.name}")
    return words, matrix.astype(np.float32)


def _table(path: Path) -> NDArray[np.generic]:
    try:
        with opened(path) as file:
            matrix: NDArray[np.generic] = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError, MemoryError) as error:
        raise DataError(f"{path}: cannot be read: {cause(error)}") from error
    return matrix


def _words(path: Path) -> list[str]:
    try:
        with opened(path) as file:
            return file.read().decode("utf-8", "replace").removesuffix("\n").split("\n")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {cause(error)}") from error


def _only(folder: Path, ending: str) -> Path:
    files = sorted(folder.glob(f"*{ending}"))
    if len(files) != 1:
        raise DataError(
            f"{folder}: holds {len(files)} {ending} files; a folder of word vectors has one .npy and one .txt"
        )
    return files[0]
