"""Datasets of a run that are called alike are told apart, or refused."""

import pytest

from seqbench import Corpus, Dataset
from seqbench.data.dataset_names import told_apart
from seqbench.errors import UsageError


def dataset(name, source, word):
    corpus = Corpus.encode([[word]], [["X"]])
    return Dataset.of(name, train=corpus, test=corpus, source=source)


def names(*sources, name="news"):
    return [d.name for d in told_apart([dataset(name, source, str(n)) for n, source in enumerate(sources)])]


def test_names_that_differ_stay():
    kept = [dataset("news", "/a/news", "a"), dataset("mail", "/b/mail", "b")]
    assert told_apart(kept) == kept


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("/a/x/news", "/a/y/news"), ["x/news", "y/news"]),
        (("/a/x/z/news", "/a/y/z/news"), ["x/z/news", "y/z/news"]),
        (("/a/x/news", "/a/y/news", "/b/y/news"), ["a/x/news", "a/y/news", "b/y/news"]),
        (("/a/news?tags=2", "/a/news?tags=3"), ["news?tags=2", "news?tags=3"]),
        (("/a/news?tags=2&features=1", "/a/news?features=1"), ["news?tags=2", "news"]),
        (("grammar?seed=1", "grammar?seed=2"), ["news?seed=1", "news?seed=2"]),
    ],
)
def test_datasets_of_one_name_get_what_tells_them_apart(sources, expected):
    assert names(*sources) == expected


def test_where_nothing_tells_two_apart_the_way_out_is_told():
    with pytest.raises(UsageError, match="2 datasets are called 'news' and hold different data; .*--data NAME=PATH"):
        names("", "")


def test_the_same_data_twice_are_refused_by_where_they_come_from():
    with pytest.raises(
        UsageError, match=r"two of the datasets hold the same data \('/a/x' and '/b/y'\); leave one out"
    ):
        told_apart([dataset("x", "/a/x", "word"), dataset("y", "/b/y", "word")])
