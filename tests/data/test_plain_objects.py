"""Corpora of Python's own objects: all hold the same sentences."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from seqbench import DataError, as_corpus

WORDS, TAGS = [["EU", "rejects"], ["Anna"]], [["B-ORG", "O"], ["B-PER"]]
ROWS = {"Sentence #": [1, 1, 2], "Word": ["EU", "rejects", "Anna"], "Tag": ["B-ORG", "O", "B-PER"]}
NUMBERED = [{"tokens": words, "ner_tags": [["O", "B-ORG", "B-PER"].index(tag) for tag in tags]}
            for words, tags in zip(WORDS, TAGS, strict=True)]  # fmt: skip
OBJECTS = {
    "pairs": ([list(zip(*sentence, strict=True)) for sentence in zip(WORDS, TAGS, strict=True)], {}),
    "dicts": ([{"words": w, "labels": t} for w, t in zip(WORDS, TAGS, strict=True)], {}),
    "columns": ({"tokens": WORDS, "ner_tags": TAGS}, {}),
    "names": (iter(NUMBERED), {"names": ["O", "B-ORG", "B-PER"]}),
    "pandas": (pd.DataFrame(ROWS), {}),
    "pandas with gaps": (pd.DataFrame({**ROWS, "Sentence #": ["s1", None, "s2"]}), {}),
    "polars": (pl.DataFrame({"t": ROWS["Tag"], "w": ROWS["Word"], "s": ["x", "x", "y"]}),
               {"words": "w", "tags": "t", "sentence": "s"}),
    "pandas, a sentence a row": (pd.DataFrame({"tokens": WORDS, "tags": TAGS}), {}),
    "polars, a sentence a row": (pl.DataFrame({"id": [7, 8], "tokens": WORDS, "tags": TAGS}), {}),
    "pandas, arrays of numbers": (
        pd.DataFrame({"words": map(np.array, WORDS), "ner_tags": [np.array([1, 0]), np.array([2])]}),
        {"names": ["O", "B-ORG", "B-PER"]}),
    "a dict of columns, a token a row": ({**ROWS, "Sentence #": [1, float("nan"), 2]}, {}),
    "pandas, the column that CSV has too": (pd.DataFrame(ROWS).rename(columns={"Sentence #": "sent"}), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECTS)
def test_every_object_gives_the_same_corpus(name):
    data, options = OBJECTS[name]
    corpus = as_corpus(data, **options)
    assert (list(corpus.sentences), list(corpus.tags)) == (WORDS, TAGS)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("text", "a corpus is made of a list, a dict or a data frame, was: str"),
        (3, "was: int"),
        ([["a", "b"]], r"a sentence is a list of \(word, tag\) pairs or a dict"),
        ([{"tokens": ["a"], "tags": []}], "sentence 1 has 1 words, but 0 tags"),
        ([{"tokens": ["a"], "tags": [None]}], r"sentence 1: a word or a tag is missing \(None\)"),
        ({"tokens": [["a"]]}, "no column for tags is named 'tags'"),
        (
            pd.DataFrame({"word": ["a"], "tag": ["X"]}),
            r"named 'sentence', .* name it with sentence='COLUMN'\. Columns: word, tag\.",
        ),
        (pd.DataFrame({0: ["a"], 1: ["X"]}), r"named 'tokens', .* name it with words='COLUMN'\. Columns: 0, 1\."),
        (pd.DataFrame({"sentence": [1], "word": ["a"], "tag": pd.array([pd.NA], "string")}), "a tag is missing"),
        (pd.DataFrame({"tokens": [["a"], None], "tags": [["X"], ["Y"]]}), "of a sentence are lists, was: None"),
        ({"tokens": [["a"], ["b"]], "tags": [["X"]]}, r"one as long as the other, have \[1, 2\] rows"),
        ({"words": ["a", "b"], "tags": ["X", "Y"]}, "no column for sentence is named"),
        ([{"tokens": "ab", "tags": "XY"}], "of a sentence are lists, was: 'ab'"),
        ([["ab", "cd"]], r"a sentence is a list of \(word, tag\) pairs or a dict"),
        ([[1, 2]], r"a sentence is a list of \(word, tag\) pairs or a dict"),
        ([], "holds no sentence"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(data, why):
    with pytest.raises(DataError, match=why):
        as_corpus(data)


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, dict])
def test_a_number_that_comes_again_is_refused_with_its_row(frame):
    with pytest.raises(DataError, match="row 3: sentence 2 comes again behind sentence 1: sort the rows by sentence"):
        as_corpus(frame({"sentence": [2, 1, 2, 1], "word": list("abcd"), "tag": list("XYXY")}))


def test_a_name_that_is_no_column_or_has_no_use_is_refused():
    with pytest.raises(DataError, match=r"no column for words is named 'wrod'. Did you mean 'Word'"):
        as_corpus(pd.DataFrame(ROWS), words="wrod")
    with pytest.raises(DataError, match=r"each row is a sentence, which needs no number: leave out sentence='id'"):
        as_corpus({"id": [1, 2], "tokens": WORDS, "tags": TAGS}, sentence="id")


def test_numbers_get_the_names_of_the_features_beside_them():
    """As those of a `datasets.Dataset`: rows that are dicts, and features by column."""

    class Feature:
        names = ("O", "B-PER")

    class List:
        feature = Feature()

    class Rows(list):
        pass

    rows = Rows([{"tokens": ["Anna", "left"], "ner_tags": [1, 0]}])
    rows.features = {"tokens": None, "ner_tags": List()}
    assert list(as_corpus(rows).tags) == [["B-PER", "O"]]
    assert list(as_corpus(rows, names=("a", "b")).tags) == [["b", "a"]]
