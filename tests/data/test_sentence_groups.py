"""Folds and random splits that keep documents together and keep their marks."""

import numpy as np
import pytest

from seqbench import Corpus, Dataset
from seqbench.data.cross_validation import draw
from seqbench.data.sentence_groups import document_numbers, same_words, starts_of
from seqbench.data.split_options import variants
from seqbench.errors import DataError, UsageError

LENGTHS = [1, 2, 3, 4, 2] * 5


def documents_of(words):
    """A corpus whose sentences are words such as 7.2, the second of document 7, with a mark where a document begins."""
    numbers = np.array([int(word.split(".")[0]) for word in words])
    corpus = Corpus.encode([[w] for w in words], [["A"] for _ in words])
    return Corpus(corpus.sentences, corpus.tags, starts_of(numbers))


def dataset():
    words = [[f"{number}.{part}" for part in range(length)] for number, length in enumerate(LENGTHS)]
    parts = {"train": words[:15], "dev": words[15:20], "test": words[20:]}
    return Dataset.of("toy", **{name: documents_of([w for d in part for w in d]) for name, part in parts.items()})


def splits_of(data):
    return [split for split in (data.train, data.dev, data.test) if split is not None]


def documents_in(corpus):
    return {sentence[0].split(".")[0] for sentence in corpus.sentences}


@pytest.mark.parametrize("options", list(variants(4, None, [])), ids=str)
def test_the_sentences_of_a_document_are_in_one_split_and_in_their_order(options):
    drawn = splits_of(draw(dataset(), {**options, "split-by": "document"}))
    for first, second in ((0, 1), (0, 2), (1, 2)):
        assert not documents_in(drawn[first]) & documents_in(drawn[second])
    words = [sentence[0] for split in drawn for sentence in split.sentences]
    assert sorted(words) == sorted(f"{n}.{part}" for n, length in enumerate(LENGTHS) for part in range(length))


def test_a_split_by_document_keeps_the_marks_of_its_documents():
    for split in splits_of(draw(dataset(), {"resplit": "1", "split-by": "document"})):
        opening = [split.sentences[number][0] for number in split.documents.tolist()]
        assert opening == [f"{word.split('.')[0]}.0" for word in opening]
        assert len(opening) == len(documents_in(split))


def test_every_document_is_tested_in_exactly_one_fold():
    folds = [draw(dataset(), {**options, "split-by": "document"}) for options in variants(5, None, [])]
    tested = [document for fold in folds for document in documents_in(fold.test)]
    assert sorted(tested) == sorted(map(str, range(len(LENGTHS))))


def test_without_a_group_the_sentences_of_documents_part():
    drawn = splits_of(draw(dataset(), {"fold": "1/4"}))
    assert documents_in(drawn[0]) & documents_in(drawn[2])


def test_the_same_words_in_two_documents_may_part_since_documents_are_kept_together():
    corpus = documents_of([f"{number}.0" for number in range(20)])
    same = Corpus(Corpus.encode([["yes"]] * 20, [["A"]] * 20).sentences, corpus.tags, corpus.documents)
    drawn = draw(Dataset.of("yes", train=same, test=same), {"fold": "1/2", "split-by": "document"})
    assert (len(drawn.train), len(drawn.test)) == (20, 20)


def test_a_corpus_without_marks_cannot_be_split_by_document():
    plain = Corpus.encode([["a"], ["b"]], [["A"], ["A"]])
    marked = dataset()
    with pytest.raises(DataError, match="toy cannot be split by document: test marks none"):
        draw(Dataset.of("toy", train=marked.train, test=plain), {"fold": "1/2", "split-by": "document"})


def test_too_few_documents_are_named():
    data = dataset()
    with pytest.raises(DataError, match=r"toy has too few documents \(25 in all\)"):
        [draw(data, {"fold": f"{number}/40", "split-by": "document"}) for number in range(1, 41)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fold": "1/2", "split-by": "author"}, "option split-by must be document, was: 'author'"),
        ({"split-by": "document"}, "name fold or resplit too"),
    ],
)
def test_another_group_or_a_group_of_nothing_that_is_split_is_refused(options, message):
    with pytest.raises(UsageError, match=message):
        draw(dataset(), options)


def test_sentences_with_the_same_words_share_a_group():
    corpus = Corpus.encode([["a", "b"], ["b"], ["a", "b"]], [["A", "A"], ["A"], ["A", "A"]])
    assert same_words(corpus.sentences).tolist() == [0, 1, 0]


def test_documents_are_numbered_over_all_splits():
    assert document_numbers(dataset()).tolist() == [n for n, length in enumerate(LENGTHS) for _ in range(length)]
