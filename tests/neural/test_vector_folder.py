"""Word vectors from a folder with a table and its words."""

import numpy as np
import pytest

from seqbench.errors import DataError
from seqbench.neural.word_vectors import Vectors

TABLE = np.array([[1, 2], [3, 4], [5, 6]], np.float16)


@pytest.fixture
def folder(tmp_path):
    np.save(tmp_path / "vectors.npy", TABLE)
    (tmp_path / "words.txt").write_text("the\nDog\nthe\n")
    return tmp_path


def test_each_row_is_the_vector_of_its_line_and_the_first_of_two_counts(folder):
    vectors = Vectors.read(folder)
    assert vectors.size == 2
    assert vectors.of(np.array(["the", "The", "Dog", "cat"], object)).tolist() == [[1, 2], [1, 2], [3, 4], [0, 0]]
    assert vectors.matrix.dtype == np.float32


@pytest.mark.parametrize(
    ("table", "words", "told"),
    [
        (TABLE, "a\nb", "2 words, expected one for each of 3 rows"),
        (TABLE[0], "a\nb", "holds no table"),
        (TABLE * np.nan, "a\nb\nc", "of finite numbers"),
        (np.array([["a"]], object), "a", "cannot be read"),
    ],
)
def test_what_is_no_pair_of_table_and_words_is_refused(tmp_path, table, words, told):
    np.save(tmp_path / "vectors.npy", table, allow_pickle=True)
    (tmp_path / "words.txt").write_text(words)
    with pytest.raises(DataError, match=told):
        Vectors.read(tmp_path)


def test_one_table_is_expected(folder):
    np.save(folder / "other.npy", TABLE)
    with pytest.raises(DataError, match="holds 2 .npy files"):
        Vectors.read(folder)


@pytest.mark.parametrize("name", ["vectors.npy", "words.txt"])
def test_the_file_that_cannot_be_read_is_named(folder, name):
    (folder / name).unlink()
    (folder / name).mkdir()
    with pytest.raises(DataError, match=f"{name}: cannot be read: it is no regular file"):
        Vectors.read(folder)
