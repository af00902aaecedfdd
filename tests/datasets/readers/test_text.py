"""Plain text: a sentence a line."""

import pytest

from seqbench import UsageError
from seqbench.errors import DataError
from seqbench_datasets.readers.text import read


def test_each_line_is_a_sentence_of_words_between_blanks_without_tags(tmp_path):
    path = tmp_path / "a.sentences"
    path.write_bytes(b"The dog  barks .\r\n\n \tIt\truns\n")
    corpus = read(path)
    assert list(corpus.sentences) == [["The", "dog", "barks", "."], ["It", "runs"]]
    assert list(corpus.tags) == [["_"] * 4, ["_"] * 2]
    assert (corpus.origins[1].line, "--task next-word" in corpus.notes[0]) == (3, True)


def test_columns_are_refused_and_so_is_text_without_words(tmp_path):
    path = tmp_path / "a.sentences"
    path.write_text("\n\n", encoding="utf-8")
    with pytest.raises(DataError, match="holds no sentence"):
        read(path)
    with pytest.raises(UsageError, match="words alone"):
        read(path, tags="2")
