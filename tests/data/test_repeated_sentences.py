"""Repeats of train by kind, sentences with other tags, and how far a corpus contradicts itself."""

import numpy as np
import pytest

from seqbench import Corpus, Sequences
from seqbench.data.repeated_sentences import ONE_WORD, SAME, SEVERAL, disagreement, overlaps, with_other_tags

TRAIN = ["The old dog ran home in 1990 .", "a b", "It is fine today", "He said 10 000 things"]


def kinds_of(*texts):
    both = Sequences.encode([text.split(" ") for text in [*TRAIN, *texts]])
    flags = overlaps(both[len(TRAIN) :], both[: len(TRAIN)])
    return [next((name for name, of_kind in flags.items() if of_kind[number]), None) for number in range(len(texts))]


def test_a_repeat_is_of_the_first_kind_that_fits():
    assert kinds_of(
        "a b",
        "the Old dog ran home in 1990 .",
        "The old dog ran home in 2021 .",
        "The old dog ran home in 1990 !!",
        "It is \uff46ine today",
        "He said 10\u00a0000 things",
        "the OLD dog ran home , in 7",
        "The old cat ran home in 1990 .",
        "The dog ran home in 1990",
        "The very old dog ran home in 1990",
        "The dog old ran home in 1990",
        "The new cat ran home in 1990 .",
        "A b",
    ) == [SAME, "case", "numbers", "punctuation", "Unicode form", None, SEVERAL, *[ONE_WORD] * 4, None, None]


def test_a_no_break_space_hides_no_repeat():
    both = Sequences.encode([["10\u00a0000", "things", "here"], ["10 000", "things", "here"]])
    assert list(overlaps(both[1:], both[:1])) == ["no-break space or other blanks"]
    both = Sequences.encode([["\uff46ine", "things", "here"], ["fine", "things", "here"]])
    assert list(overlaps(both[1:], both[:1])) == ["Unicode form"]
    both = Sequences.encode([["10\u200b000", "things", "here"], ["10000", "things", "here"]])
    assert list(overlaps(both[1:], both[:1])) == ["no-break space or other blanks"]


def corpus_of(*sentences):
    cells = [[word.partition("/") for word in sentence.split()] for sentence in sentences]
    return Corpus.encode([[c[0] for c in s] for s in cells], [[c[2] for c in s] for s in cells])


def test_sentences_of_train_with_other_tags_are_found():
    train, test = corpus_of("a/X b/Y", "a/Y b/Y", "c/X"), corpus_of("a/X b/X", "a/Y b/Y", "c/X", "d/X")
    assert with_other_tags(test.extend(train), train).tolist() == [True, False, False, False]


def test_the_ceiling_of_a_corpus_that_contradicts_itself_is_that_of_its_majorities():
    corpus = corpus_of("a/X b/Y", "a/Y b/Y", "a/X b/Y", "c/X", "c/X", "d/Y e/X")
    contradiction = disagreement(corpus)
    assert contradiction.sentences == 3
    assert contradiction.ceiling == pytest.approx(9 / 10)
    assert disagreement(corpus_of("a/X", "b/Y")).ceiling == 1
    assert disagreement(corpus_of("a/X", "a/X")).sentences == 0


def test_the_ceiling_is_that_of_every_way_to_answer():
    random = np.random.default_rng(4)
    words = [random.choice(["a", "b"], random.integers(1, 3)).tolist() for _ in range(50)]
    tags = [random.choice(["X", "Y", "Z"], len(sentence)).tolist() for sentence in words]
    right = 0
    for text in {tuple(sentence) for sentence in words}:
        answers = [given for sentence, given in zip(words, tags, strict=True) if tuple(sentence) == text]
        right += sum(max(map(list(column).count, column)) for column in zip(*answers, strict=True))
    assert disagreement(Corpus.encode(words, tags)).ceiling == pytest.approx(right / sum(map(len, words)))
