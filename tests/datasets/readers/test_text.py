"""Plain text: a sentence a line."""

import pytest

from seqbench import UsageError
from seqbench.errors import DataError
from seqbench_datasets.readers import columns
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


@pytest.mark.parametrize(
    "text",
    [
        "a dog barks\nthe cat sees a dog\n" + "the cat sees a dog now\n" * 9,
        "the dog barks\n\nthe cat sees it\n\nthe dog ran\n\na dog saw the cat\n\nso it ran away from it\n",
    ],
    ids=["long lines and no empty one", "more lines that are no rows than rows"],
)
def test_text_that_is_read_as_columns_leads_to_this_reader(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(DataError, match=r"a sentence a line, write '.*a\.txt\?reader=text'$") as refused:
        columns.read(tmp_path / "a.txt")
    assert "skip-bad" not in str(refused.value)


def test_a_row_that_is_too_short_in_a_column_file_leads_to_no_other_reader(tmp_path):
    (tmp_path / "a.txt").write_text("a DT I\ndog NN I\n\nit PRP\nran VB O\n\n")
    with pytest.raises(DataError, match=r"a\.txt:4: 2 columns, expected 3 .*; \?skip-bad=1 leaves the line out$"):
        columns.read(tmp_path / "a.txt")
