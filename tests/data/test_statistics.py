"""Statistics of datasets against counts made one by one."""

from collections import Counter, defaultdict
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqbench import Corpus, Dataset
from seqbench.data.statistics import statistics_of, tag_shares

tokens = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("XYZ")), min_size=1, max_size=5)
texts = st.lists(tokens, min_size=1, max_size=8)


def corpus_of(text):
    return Corpus.encode([[w for w, _ in s] for s in text], [[t for _, t in s] for s in text])


@given(texts, texts)
def test_shares_and_the_baseline_are_what_a_count_by_hand_gives(train, test):
    data = Dataset.of("d", train=corpus_of(train), test=corpus_of(test))
    computed = statistics_of(data)["test"]
    tags_of, all_tags = defaultdict(Counter), Counter()
    for sentence in train:
        for word, tag in sentence:
            tags_of[word][tag] += 1
            all_tags[tag] += 1
    flat = [pair for sentence in test for pair in sentence]
    assert computed.unknown == pytest.approx(sum(w not in tags_of for w, _ in flat) / len(flat))
    assert computed.ambiguous == pytest.approx(sum(len(tags_of.get(w, ())) > 1 for w, _ in flat) / len(flat))
    right = sum((tags_of.get(w) or all_tags).most_common(1)[0][0] == t for w, t in flat)
    assert computed.baseline == pytest.approx(right / len(flat)), "of equals the tag seen first, as the model has it"
    counts = Counter(t for _, t in flat)
    assert computed.entropy == pytest.approx(-sum(n / len(flat) * log2(n / len(flat)) for n in counts.values()))
    words = [tuple(w for w, _ in s) for s in train]
    assert computed.repeated == sum(tuple(w for w, _ in s) in words for s in test)
    assert statistics_of(data)["train"].repeated == len(words) - len(set(words))


def test_sizes_and_lengths_are_counted():
    data = Dataset.of("d", train=corpus_of([[("a", "X")] * 3, [("b", "Y")]]), test=corpus_of([[("a", "X")]]))
    train = statistics_of(data)["train"]
    assert (train.sentences, train.tokens, train.forms, train.tags, train.documents) == (2, 4, 2, 2, 0)
    assert (train.mean_length, train.longest) == (2.0, 3)


def test_without_a_training_set_nothing_is_known():
    data = Dataset.of("d", train=Corpus.encode([], []), test=corpus_of([[("a", "X")]]))
    (test,) = statistics_of(data).values()
    assert (test.unknown, test.ambiguous, test.baseline) == (1, 0, None)


def test_tags_are_listed_with_their_shares_the_most_frequent_first():
    assert tag_shares(corpus_of([[("a", "X"), ("b", "Y"), ("c", "Y"), ("d", "Y")]])) == {"Y": 0.75, "X": 0.25}
