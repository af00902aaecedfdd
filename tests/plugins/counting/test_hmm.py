"""The hidden Markov model: its counts, its chain for words, its decoding."""

from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest

from seqbench import Conditions, Corpus, Dataset, learned
from seqbench_plugins._shared.ragged_arrays import sums
from seqbench_plugins._shared.unknown_words import Smoothing, Suffixes, shape
from seqbench_plugins.counting._lexical_transitions import LexicalMoves
from seqbench_plugins.counting._trigrams import Sought, Table, Trigrams
from seqbench_plugins.counting.hmm import HMM

SEQUENCES = [[0, 1, 0, 2, 1], [0, 1, 1], [], [2, 0, 1, 0], [1]]
WORDS = [
    ["The", "dog", "runs"],
    ["A", "dog", "run"],
    ["the", "run", "ends"],
    ["Dogs", "run"],
    ["He", "runs", "a", "run"],
]
TAGS = [["D", "N", "V"], ["D", "N", "N"], ["D", "N", "V"], ["N", "V"], ["P", "V", "D", "N"]]


def by_the_book(sequences, boundary):
    """Brants (2000), figure 1, with dictionaries: the weights, and P(c | a, b) by them."""
    padded = [[boundary, boundary, *s, boundary] for s in sequences if s]
    tri = Counter(t for s in padded for t in zip(s, s[1:], s[2:], strict=False))
    pair, bi, first, uni = Counter(), Counter(), Counter(), Counter()
    for (a, b, c), n in tri.items():
        pair[a, b] += n
        bi[b, c] += n
        first[b] += n
        uni[c] += n
    total = sum(uni.values())

    def over(x, y):
        return x / y if y > 0 else 0.0

    votes = [1e-3] * 3
    for (a, b, c), n in tri.items():
        cases = [over(uni[c] - 1, total - 1), over(bi[b, c] - 1, first[b] - 1), over(n - 1, pair[a, b] - 1)]
        votes[max((2, 1, 0), key=cases.__getitem__)] += n
    one, two, three = (v / sum(votes) for v in votes)

    def probability(a, b, c):
        shorter = one * over(uni[c], total) + two * over(bi[b, c], first[b])
        if not pair[a, b]:
            return shorter / (one + two)
        return shorter + three * over(tri[a, b, c], pair[a, b])

    return probability


def cube(transitions):
    """All of them: (states, states, states)."""
    return transitions.at(np.arange(transitions.states**3)).reshape((transitions.states,) * 3)


def counted():
    offsets = sums(np.array([len(s) for s in SEQUENCES]))
    return Trigrams.of([(np.array([x for s in SEQUENCES for x in s]), offsets)], 4)


@pytest.mark.parametrize("form", [Table.of, lambda sought: sought])
def test_trigrams_are_interpolated_as_brants_says(form):
    shorter, missing, seen = counted().probabilities()
    found = cube(form(Sought(shorter, missing, counted().codes, seen)))
    expected = by_the_book(SEQUENCES, 3)
    for a, b, c in product(range(4), repeat=3):
        assert np.exp(found[a, b, c]) == pytest.approx(expected(a, b, c), abs=1e-6)


def test_what_follows_a_pair_of_tags_that_was_seen_sums_to_one():
    found = np.exp(cube(counted().transitions()))
    assert found[:, :3].sum(2) == pytest.approx(np.ones((4, 3)), abs=1e-6)


def test_a_suffix_is_believed_as_far_as_it_was_seen():
    counts = np.array([[2.0, 0.0], [0.0, 1.0]])
    smoothing = Smoothing(suffix_length=2, rare=10, suffix=1.0, lower=1.0, form=1.0)
    found, of_these = Suffixes.learn(["walking", "thing"], counts, np.full(2, 0.5), smoothing)
    of_shape = (np.array([2, 1]) + 0.5) / 4
    of_g = (np.array([2, 1]) + of_shape) / 4
    of_ng = (np.array([2, 1]) + of_g) / 4
    assert of_these == pytest.approx(np.array([of_ng, of_ng]))
    assert found.of(["sing", "bag", "home", "Xing"]) == pytest.approx(np.array([of_ng, of_g, of_shape, [0.5, 0.5]]))


def test_the_shape_of_a_word_tells_kinds_of_characters_apart():
    assert [shape(w) for w in ["Paris", "3.14", "so-called", "USA", "Łódź", "東京", ""]] == [
        "Xx",
        "d.d",
        "x-x",
        "X",
        "Xx",
        "x",
        "",
    ]


@pytest.fixture
def data():
    test = Corpus.encode([["the", "cat", "runs"], ["Cats", "end"]], [["D", "N", "V"], ["N", "V"]])
    return Dataset.of("x", train=Corpus.encode(WORDS, TAGS), test=test)


@pytest.mark.parametrize("fields", [{"states": 0}, {"states": 8}, {}, {"lexicalized": True, "lexical_words": 3}])
def test_probabilities_and_best_tags_are_those_of_enumeration(data, fields):
    tagger = HMM(pruning=0, **fields)
    tagger.fit(data.train, Conditions())
    fitted = learned(tagger)
    sentences = data.test.sentences
    forms = np.arange(len(sentences.vocabulary))
    given_word = np.log(fitted.lexicon.of(sentences, forms))
    classes = fitted.states.classes(sentences.vocabulary)[sentences.ids]
    boundary = len(fitted.states.prior)
    for start, stop in zip(sentences.offsets, sentences.offsets[1:], strict=False):
        scored = {}
        for tags in product(range(len(data.tags)), repeat=stop - start):
            path = [fitted.states.of[tag, classes[start + i]] for i, tag in enumerate(tags)]
            weight = sum(given_word[sentences.ids[start + i], tag] for i, tag in enumerate(tags))
            weight -= sum(fitted.states.prior[state] for state in path)
            around = [boundary, boundary, *path, boundary]
            weight += sum(cube(fitted.transitions)[t] for t in zip(around, around[1:], around[2:], strict=False))
            if fitted.moves:
                words = fitted.moves.frequent.of(sentences)[start:stop]
                before = [len(data.tags), *tags]
                weight += sum(fitted.moves.into[w, b, t] for w, b, t in zip(words, before, tags, strict=False))
                weight += sum(fitted.moves.out_of[w, b, t] for w, b, t in zip(words, tags, tags[1:], strict=False))
            scored[tags] = np.exp(float(weight))
        assert tuple(tagger.predict(sentences).ids[start:stop]) == max(scored, key=scored.get)
        shares = np.zeros((stop - start, len(data.tags)))
        for tags, weight in scored.items():
            shares[np.arange(stop - start), tags] += weight / sum(scored.values())
        assert tagger.predict_proba(sentences)[start:stop] == pytest.approx(shares, abs=1e-5)


def test_posterior_decoding_takes_the_most_probable_tag_of_each_token(data):
    tagger = HMM(decode="posterior")
    tagger.fit(data.train, Conditions())
    found = tagger.predict(data.test.sentences)
    assert (found.ids == tagger.predict_proba(data.test.sentences).argmax(1)).all()


def test_frequent_words_get_states_of_their_own_as_far_as_there_is_room(data):
    for most, expected in [(0, 4), (8, 6), (9, 6), (10, 8), (100, 9)]:
        tagger = HMM(states=most)
        tagger.fit(data.train, Conditions())
        assert len(learned(tagger).states.prior) == expected, most


def test_parts_of_bounded_size_are_tagged_as_the_whole(data, monkeypatch):
    tagger = HMM()
    tagger.fit(data.train, Conditions())
    whole = tagger.predict(data.train.sentences).ids
    monkeypatch.setattr("seqbench_plugins.counting.hmm.TOKENS_AT_ONCE", 3)
    assert (tagger.predict(data.train.sentences).ids == whole).all()


def test_ratios_are_what_was_seen_over_what_was_expected(data):
    moves = LexicalMoves.learn(data.train, most=2, smoothing=1.0)
    assert moves.frequent.of(data.train.sentences).tolist()[:7] == [0, 2, 0, 0, 2, 1, 0]  # run four times, dog twice
    tags = {tag: number for number, tag in enumerate(data.tags)}
    pairs = [(b, t) for sentence in TAGS for b, t in zip(["<"], sentence, strict=False)]
    pairs += [(b, t) for sentence in TAGS for b, t in pairwise(sentence)]
    every = [tag for sentence in TAGS for tag in sentence]
    # run is N three times and V once; N comes after D in four of its six times
    expected = pairs.count(("D", "N")) * 3 / every.count("N")
    assert moves.into[1, tags["D"], tags["N"]] == pytest.approx(np.log((2 + 1) / (expected + 1)), abs=1e-6)
    # dog as N is followed by V once and by N once; one of N's moves leads to N
    moves_of_n = [t for b, t in pairs if b == "N"]
    expected = 2 * moves_of_n.count("N") / len(moves_of_n)
    assert moves.out_of[2, tags["N"], tags["N"]] == pytest.approx(np.log((1 + 1) / (expected + 1)), abs=1e-6)
    assert not moves.into[0].any()
    assert not moves.out_of[0].any()


def test_numbers_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="form_smoothing must be more than 0, was: 0"):
        HMM(form_smoothing=0)


@pytest.mark.slow
def test_a_tag_set_of_thousands_takes_no_table_of_all_triples():
    names = [f"T{number}" for number in range(1500)]
    words = [f"w{number}" for number in range(1500)]
    sentences = [words[start : start + 5] for start in range(0, 1500, 5)]
    train = Corpus.encode(sentences, [names[start : start + 5] for start in range(0, 1500, 5)])
    tagger = HMM()
    tagger.fit(train, Conditions())
    assert isinstance(learned(tagger).transitions, Sought)
    assert (tagger.predict(train.sentences).ids == train.tags.ids).all()
