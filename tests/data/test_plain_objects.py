"""Corpora of Python's own objects: all hold the same sentences."""

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
        (pd.DataFrame({"word": ["a"], "tag": ["X"]}), "no column for sentence is named"),
        ([], "holds no sentence"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(data, why):
    with pytest.raises(DataError, match=why):
        as_corpus(data)


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
