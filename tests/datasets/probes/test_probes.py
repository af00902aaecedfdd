"""Probes: the same everywhere, options that are checked, and ceilings that are exact, by counting all there is."""

from itertools import permutations, product
from random import Random

import numpy as np
import pytest
from best_taggers import SIGHTS, best, of_words

from seqbench import UsageError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench_datasets.probes._ceilings import ANY, LEFT_TO_RIGHT, Sight, expected_accuracy
from seqbench_datasets.probes._interleaved_chains import TAGS, Chains
from seqbench_datasets.probes._running_product import answers, symmetric_group
from seqbench_datasets.probes._running_product import product as after
from seqbench_datasets.probes.probe_agree import probe_agree
from seqbench_datasets.probes.probe_ambiguity import probe_ambiguity
from seqbench_datasets.probes.probe_brackets import probe_brackets
from seqbench_datasets.probes.probe_count import probe_count
from seqbench_datasets.probes.probe_echo import _answers as echoed
from seqbench_datasets.probes.probe_echo import probe_echo
from seqbench_datasets.probes.probe_first_word import probe_first_word
from seqbench_datasets.probes.probe_lookahead import _answers as ahead
from seqbench_datasets.probes.probe_lookahead import probe_lookahead
from seqbench_datasets.probes.probe_noise import probe_noise
from seqbench_datasets.probes.probe_parity import probe_parity
from seqbench_datasets.probes.probe_permutation import probe_permutation
from seqbench_datasets.probes.probe_rare import probe_rare
from seqbench_datasets.probes.probe_recall import Layout, probe_recall
from seqbench_datasets.probes.probe_selective_copy import probe_selective_copy

MAKERS = [
    probe_echo, probe_lookahead, probe_recall, probe_parity, probe_permutation, probe_ambiguity, probe_first_word,
    probe_agree, probe_selective_copy, probe_count, probe_brackets, probe_noise, probe_rare,
]  # fmt: skip
FEW = {"tokens": 400}


def echoes(delay):
    return lambda words: ("none",) * min(delay, len(words)) + words[: max(0, len(words) - delay)]


def products(words):
    reached, tags = words[0], [words[0]]
    for word in words[1:]:
        reached = after(reached, word)
        tags.append(reached)
    return tags


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("delay", "lengths"), [(1, [3, 4]), (2, [4, 5, 6]), (3, [6, 7])])
def test_ceilings_of_echo_and_lookahead_equal_counting_all_sentences(sight, delay, lengths):
    found = expected_accuracy(lengths, lambda _, at, seen: echoed(at, seen, delay, 2), sight)
    assert found == pytest.approx(best(of_words("ab", lengths, echoes(delay)), sight))
    mirrored = [(p, words[::-1], tags[::-1]) for p, words, tags in of_words("ab", lengths, echoes(delay))]
    found = expected_accuracy(lengths, lambda length, at, seen: ahead(length - 1 - at, seen, delay, 2), sight)
    assert found == pytest.approx(best(mirrored, sight))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("size", "lengths"), [(2, [1, 2, 3, 4, 5, 6, 7]), (3, [1, 2, 3, 4]), (3, [4])])
def test_ceilings_of_running_products_equal_counting_all_sentences(sight, size, lengths):
    group = symmetric_group(size)
    found = expected_accuracy(lengths, lambda _, at, seen: answers(at, seen, len(group)), sight)
    assert found == pytest.approx(best(of_words(group, lengths, products), sight))


def recalls(pairs, gap, keys, values):
    """All sentences of a layout."""
    for own in permutations(range(keys), pairs):
        for bound in product("xyz"[:values], repeat=pairs):
            for queries in product(range(pairs), repeat=2 * pairs):
                words = [word for pair in zip(own, bound, strict=True) for word in pair]
                words += ["."] * gap + [own[query] for query in queries]
                yield 1, words, ["-"] * (2 * pairs + gap) + [bound[query] for query in queries]


@pytest.mark.parametrize("window", range(10))
@pytest.mark.parametrize(("pairs", "gap", "keys", "values"), [(1, 2, 2, 3), (2, 0, 3, 2), (2, 1, 3, 2)])
def test_ceilings_of_recall_equal_counting_all_sentences(window, pairs, gap, keys, values):
    sentences = list(recalls(pairs, gap, keys, values))
    assert Layout(pairs, gap, values).accuracy(window) == pytest.approx(best(sentences, Sight(window, window)))
    assert best(sentences, LEFT_TO_RIGHT) == 1


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("sight", SIGHTS)
def test_posteriors_of_ambiguity_equal_counting_all_tags(order, sight):
    chains, random = Chains(0.7, order), Random(order)
    words, _ = chains.sentence(5, random)
    for position in range(len(words)):
        first, last = max(0, position - min(sight.left, 9)), min(len(words), position + 1 + min(sight.right, 9))
        totals = np.zeros(len(TAGS))
        for states in product(range(len(TAGS)), repeat=last - first):
            moves = [chains.transitions[a, b] for a, b in zip(states, states[order:], strict=False)]
            shown = [chains.words[word][state] for word, state in zip(words[first:last], states, strict=True)]
            totals[states[position - first]] += np.prod(moves) * np.prod(shown)
        found = chains.posteriors([words], int(min(sight.left, 9)), int(min(sight.right, 9)))[position]
        assert found == pytest.approx(totals / totals.sum())


def test_words_and_transitions_of_ambiguity_are_probabilities_and_every_tag_stays_as_frequent():
    chains = Chains(0.4, 1)
    assert chains.transitions.sum(1) == pytest.approx(np.ones(4))
    assert chains.transitions.sum(0) == pytest.approx(np.ones(4))
    assert sum(chains.words.values()) == pytest.approx(np.ones(4))


@pytest.mark.parametrize("make", MAKERS)
def test_a_probe_is_the_same_each_time_another_by_seed_and_loaded_again_by_its_source(make):
    dataset = make(**FEW)
    assert make(**FEW).fingerprint == dataset.fingerprint != make(seed=1, **FEW).fingerprint
    assert load(dataset.source, Registry.discover()).fingerprint == dataset.fingerprint
    assert dataset.ceiling == dataset.ceilings.any
    assert dataset.train.tokens >= 400
    assert dataset.dev.tokens >= 80 <= dataset.test.tokens


@pytest.mark.parametrize("make", MAKERS)
def test_bands_are_tested_on_longer_sentences_than_train_has(make):
    one, third = make(**FEW), make(band=3, **FEW)
    longest = int(one.train.sentences.lengths.max())
    assert third.train.digest() == one.train.digest()
    assert one.test.sentences.lengths.max() == longest
    assert (third.test.sentences.lengths.min(), third.test.sentences.lengths.max()) == (2 * longest + 1, 3 * longest)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("option", ["band", "tokens"])
def test_an_option_that_cannot_be_is_refused(make, option):
    with pytest.raises(UsageError, match=f"{option} must be at least 1, was: 0"):
        make(**{option: 0})


def test_a_share_that_is_none_is_refused():
    with pytest.raises(UsageError, match="share must be from 0 to 1, was: 2"):
        probe_ambiguity(share=2)


def test_the_best_taggers_of_each_sight_are_as_good_as_the_ceilings_say_on_new_sentences():
    chains, random = Chains(0.5, 2), Random(7)
    drawn = [chains.sentence(15, random) for _ in range(2000)]
    words, gold = [words for words, _ in drawn], np.array([TAGS.index(tag) for _, tags in drawn for tag in tags])
    for left, right in ((20, 20), (20, 0), (2, 2)):
        right_share = np.mean(chains.posteriors(words, left, right).argmax(1) == gold)
        assert right_share == pytest.approx(
            chains.expected_accuracy(words, left, right), abs=4 * (0.25 / 30_000) ** 0.5
        )


def test_a_tagger_with_a_window_gets_what_its_ceiling_says_on_drawn_sentences():
    """By majority of each view, counted on the sentences that are tagged: many of few views."""
    data = probe_parity(length=5, tokens=100_000).test
    sentences = [(1, words, tags) for words, tags in zip(data.sentences, data.tags, strict=True)]
    for sight in (Sight(1, 1), Sight(2, 2), ANY):
        expected = expected_accuracy(range(1, 6), lambda _, at, seen: answers(at, seen, 2), sight)
        assert best(sentences, sight) == pytest.approx(expected, abs=0.015)
