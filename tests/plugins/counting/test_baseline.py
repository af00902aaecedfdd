"""The most frequent tag of each word, and of all for words that train does not have."""

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seqbench import Conditions, Corpus
from seqbench_plugins.counting.baseline import Baseline


def fitted(words, tags):
    tagger = Baseline()
    tagger.fit(Corpus.encode(words, tags), Conditions())
    return tagger


PAIRS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("XYZ")), min_size=1, max_size=30)


@given(PAIRS)
def test_each_word_gets_the_tag_that_counting_by_hand_gives(pairs):
    counts, total = defaultdict(Counter), Counter()
    for word, tag in pairs:
        counts[word][tag] += 1
        total[tag] += 1
    tagger = fitted([[word for word, _ in pairs]], [[tag for _, tag in pairs]])
    for word, seen in counts.items():
        assert tagger.predict([[word]]) == [[seen.most_common(1)[0][0]]], "of equals, the one seen first with the word"
    assert tagger.predict([["unknown"]]) == [[total.most_common(1)[0][0]]]


def test_a_step_gives_1_to_the_tag_of_the_word():
    tagger = fitted([["a", "b", "b"]], [["X", "Y", "Y"]])
    answers = [tagger.step(tagger.start(), word)[0] for word in ("a", "b", "c")]
    assert np.array_equal(answers, [[1, 0], [0, 1], [0, 1]])


def test_it_has_a_tag_for_each_word_and_one_for_the_unknown():
    assert fitted([["a", "b", "a"]], [["X", "Y", "X"]]).parameters == 3
