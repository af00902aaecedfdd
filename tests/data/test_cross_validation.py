"""Folds, random splits and smaller training sets: whole, disjoint, repeatable, and with duplicates on one side."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqbench import Corpus, Dataset
from seqbench.data.cross_validation import draw
from seqbench.data.origins import Origins
from seqbench.errors import DataError, UsageError
from seqbench.registry.datasets import load, load_splits
from seqbench.registry.discovery import Registry


def dataset_of(words, *, dev=True):
    """One sentence for each word: the last fifth is test, and the fifth before it dev."""
    cut = max(1, len(words) // 5)
    parts = {"train": words[: -2 * cut], "dev": words[-2 * cut : -cut], "test": words[-cut:]}
    corpora = {name: Corpus.encode([[w] for w in part], [[w[0]] for w in part]) for name, part in parts.items()}
    return Dataset.of("toy", **(corpora if dev else {**corpora, "dev": None}))


def words_of(corpus):
    return [sentence[0] for sentence in corpus.sentences] if corpus else []


def splits_of(dataset):
    return [words_of(dataset.train), words_of(dataset.dev), words_of(dataset.test)]


WORDS = [f"w{number}" for number in range(50)]


def test_every_sentence_is_in_the_test_set_of_exactly_one_fold():
    folds = [draw(dataset_of(WORDS), {"fold": f"{number}/5"}) for number in range(1, 6)]
    assert sorted(word for fold in folds for word in words_of(fold.test)) == sorted(WORDS)
    assert [len(fold.test) for fold in folds] == [10] * 5


@given(st.integers(40, 90), st.integers(2, 20))
@settings(max_examples=40, deadline=None)
def test_no_number_of_folds_and_sentences_puts_one_into_two_test_sets_or_none(sentences, folds):
    words = [f"w{number}" for number in range(sentences)]
    data = dataset_of(words)
    tested = [
        word for number in range(1, folds + 1) for word in words_of(draw(data, {"fold": f"{number}/{folds}"}).test)
    ]
    assert sorted(tested) == sorted(words)


@given(st.lists(st.sampled_from([f"{a}{b}" for a in "abc" for b in "xyzuvw"]), min_size=25, max_size=60))
@settings(max_examples=50, deadline=None)
def test_a_split_holds_every_sentence_once_and_its_duplicates_on_one_side(words):
    for options in ({"fold": "2/3"}, {"resplit": "1"}):
        try:
            splits = splits_of(draw(dataset_of(words), options))
        except DataError:  # one word fills what a split would be
            assert max(Counter(words).values()) > 1
            continue
        assert Counter(word for split in splits for word in split) == Counter(words)
        for word in set(words):
            assert sum(word in split for split in splits) == 1


def test_tags_and_layers_stay_with_their_words():
    registry = Registry.discover()
    whole, drawn = load("grammar", registry), load("grammar?resplit=1", registry)
    before = Counter((tuple(s), tuple(t)) for c in (whole.train, whole.dev, whole.test) for s, t in pairs(c))
    after = Counter((tuple(s), tuple(t)) for c in (drawn.train, drawn.dev, drawn.test) for s, t in pairs(c))
    assert before == after


def pairs(corpus):
    return zip(corpus.sentences, corpus.tags, strict=True)


def test_random_splits_keep_the_sizes_and_differ_from_one_another():
    first, second, again = (draw(dataset_of(WORDS), {"resplit": number}) for number in "121")
    assert [len(split) for split in splits_of(first)] == [30, 10, 10]
    assert splits_of(first) == splits_of(again) != splits_of(second)
    assert first.fingerprint != second.fingerprint


def test_smaller_training_sets_lie_within_larger_ones_and_leave_test_alone():
    whole = dataset_of(WORDS)
    small, large = (draw(whole, {"train-size": size}) for size in ("5", "20"))
    assert set(words_of(small.train)) < set(words_of(large.train)) < set(words_of(whole.train))
    assert [len(small.train), len(large.train)] == [5, 20]
    assert words_of(small.test) == words_of(whole.test)
    assert len(small.train.sentences.vocabulary) == 5, "a form that only the rest of train has is unknown"


def test_a_dataset_without_dev_stays_without():
    assert draw(dataset_of(WORDS, dev=False), {"fold": "1/5"}).dev is None


def test_what_is_drawn_is_found_again_by_its_source():
    registry = Registry.discover()
    (drawn,) = load_splits("grammar", registry, [{"fold": "2/4", "train-size": "50"}])
    assert load(drawn.source, registry).fingerprint == drawn.fingerprint
    assert (drawn.name, drawn.origin) == ("grammar, fold 2/4, train-size 50", "grammar")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fold": "6/5"}, "fold must be I/K"),
        ({"fold": "two"}, "fold must be I/K"),
        ({"resplit": "0"}, "resplit must be a whole number"),
        ({"train-size": "many"}, "train-size must be a whole number"),
        (
            {"train-size": "31"},
            "has 30 sentences in train, fewer than the 31 of train-size; name smaller sizes, or 'all'",
        ),
        ({"fold": "1/2", "resplit": "1"}, "leave out fold or resplit"),
    ],
)
def test_what_cannot_be_drawn_is_said(options, message):
    with pytest.raises(UsageError, match=message):
        draw(dataset_of(WORDS), options)


def test_too_few_different_sentences_cannot_be_split():
    with pytest.raises(DataError, match="too few different sentences"):
        draw(dataset_of(["a"] * 20), {"fold": "1/2"})


def test_repeats_are_told_of_and_where_they_stand():
    words = [["a", "b"], ["a", "b"], ["c"], ["d"], ["e"], ["f"]]
    corpus = Corpus.encode(words, [["X"] * len(sentence) for sentence in words])
    marked = replace(corpus, documents=np.arange(6))
    whole = Dataset.of("d", train=marked.part(0, 3), test=marked.part(3, 6))
    (note,) = draw(whole, {"fold": "1/2"}).notes
    assert note.startswith("1 of 6 sentences repeat another word for word; all of one wording stand in one fold")
    (note,) = draw(whole, {"fold": "1/2", "split-by": "document"}).notes
    assert "may stand in different ones, because documents stay together" in note
    assert not draw(replace(whole, train=marked.part(1, 3)), {"fold": "1/2"}).notes


def test_folds_know_where_their_sentences_were_read():
    words = [[f"w{i}"] for i in range(8)]
    corpus = Corpus.encode(words, [["X"]] * 8)
    known = replace(corpus, origins=Origins.of("f.conllu", np.arange(8) + 1))
    fold = draw(Dataset.of("d", train=known.part(0, 4), test=known.part(4, 8)), {"fold": "2/4"})
    assert [(s[0], o.line) for s, o in zip(fold.test.sentences, fold.test.origins, strict=True)] == [
        (f"w{origin.line - 1}", origin.line) for origin in fold.test.origins
    ]


@pytest.mark.parametrize("options", [{"fold": "1/2"}, {"resplit": "1"}, {"train-size": "2"}])
def test_what_was_left_out_while_reading_is_still_said_of_a_split(options):
    cut = "there is no dev file: the last 1 of 9 train sentences are dev"
    data = replace(dataset_of(WORDS), notes=("test: 1 malformed line was left out (23: 'bad')", cut))
    notes = draw(data, options).notes
    assert data.notes[0] in notes
    assert (cut in notes) == ("train-size" in options)
