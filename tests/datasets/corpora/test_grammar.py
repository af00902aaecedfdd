"""The grammar dataset: the same everywhere, and its ceiling exact."""

from itertools import pairwise, product

import numpy as np
import pytest

from seqbench import Conditions
from seqbench_datasets.corpora.grammar import grammar, process
from seqbench_plugins.counting.baseline import Baseline


@pytest.fixture(scope="module")
def data():
    return grammar()


def test_it_is_the_same_everywhere(data):
    assert data.fingerprint == "23fdc157277c73d6e84bb9ab8070f892"
    assert [len(split) for split in (data.train, data.dev, data.test)] == [3000, 500, 500]
    assert grammar(1).fingerprint != data.fingerprint


def probability(made, words, states):
    """Of these words by these hidden states, multiplied out."""
    path = ["START", *states, "STOP"]
    moves = [made.moves[a].get(b, 0) / sum(made.moves[a].values()) for a, b in pairwise(path)]
    first = words[0][:1].lower() + words[0][1:]
    shown = [
        sum(weight for word, weight in made.words[state].items() if word in ({words[i]} if i else {words[0], first}))
        / sum(made.words[state].values())
        for i, state in enumerate(states)
    ]
    return np.prod(moves) * np.prod(shown)


@pytest.mark.parametrize("sentence", ["Fish watch ships .", "They book that .", "Will can run ."])
def test_posteriors_equal_those_of_counting_every_path(sentence):
    made, words = process(), sentence.split()
    able = [[s for s in made.states if probability_of_word(made, s, w, i)] for i, w in enumerate(words)]
    totals = {tag: np.zeros(len(words)) for tag in made.tags.values()}
    for states in product(*able):
        for place, state in enumerate(states):
            totals[made.tags[state]][place] += probability(made, words, states)
    whole = sum(totals.values())
    for tag, found in made.posteriors(words).items():
        assert found == pytest.approx(totals[tag] / whole, abs=1e-9)


def probability_of_word(made, state, word, place):
    forms = {word} if place else {word, word[:1].lower() + word[1:]}
    return any(form in made.words[state] for form in forms)


def test_the_best_tagger_is_as_good_as_the_ceiling_says_on_new_sentences(data):
    made = process()
    sentences, tags = list(data.train.sentences), list(data.train.tags)
    right = []
    for words, gold in zip(sentences, tags, strict=True):
        posteriors = made.posteriors(words)
        names = list(posteriors)
        best = np.argmax([posteriors[name] for name in names], axis=0)
        right += [names[i] == tag for i, tag in zip(best, gold, strict=True)]
    assert np.mean(right) == pytest.approx(made.ceiling(sentences), abs=4 * 0.06 / len(right) ** 0.5 + 1e-3)


def test_it_is_neither_trivial_nor_hopeless(data):
    tagger = Baseline()
    tagger.fit(data.train, Conditions())
    accuracy = np.mean(tagger.predict(data.test.sentences).ids == data.test.tags.ids)
    assert 0.8 < accuracy < data.ceiling - 0.05
    assert 0.01 < np.mean(data.test.sentences.ids >= len(data.train.sentences.vocabulary)) < 0.1


def test_many_words_have_several_tags(data):
    pairs = {
        (w, t)
        for ws, ts in zip(data.train.sentences, data.train.tags, strict=True)
        for w, t in zip(ws, ts, strict=True)
    }
    tags_of = {word: sum(w == word for w, _ in pairs) for word in ("book", "watch", "fish", "that")}
    assert min(tags_of.values()) > 1
