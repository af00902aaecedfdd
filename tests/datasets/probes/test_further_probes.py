"""Ceilings of further probes, held against counting every sentence that can be drawn."""

from itertools import combinations, product
from random import Random

import pytest
from best_taggers import SIGHTS, best, of_words

from seqbench import Corpus, UsageError
from seqbench_datasets.probes._bracket_paths import Paths
from seqbench_datasets.probes._ceilings import ANY, LEFT_TO_RIGHT, Sight, expected_accuracy
from seqbench_datasets.probes._running_product import answers
from seqbench_datasets.probes.probe_agree import NUMBERS, sentence
from seqbench_datasets.probes.probe_agree import right as agreeing
from seqbench_datasets.probes.probe_brackets import right as closing
from seqbench_datasets.probes.probe_count import _answers as counting
from seqbench_datasets.probes.probe_noise import ceiling, probe_noise
from seqbench_datasets.probes.probe_rare import expected_accuracy as of_rare_words
from seqbench_datasets.probes.probe_rare import probe_rare
from seqbench_datasets.probes.probe_selective_copy import Stream

WINDOWS = range(8)


def first_words(words):
    return words[:1] * len(words)


def counts(mod):
    return lambda words: [words[: end + 1].count("a") % mod for end in range(len(words))]


@pytest.mark.parametrize("sight", SIGHTS)
def test_ceilings_of_the_first_word_equal_counting_all_sentences(sight):
    for lengths in ([1, 2, 3, 4], [3], [4, 5]):
        found = expected_accuracy(lengths, lambda _, at, seen: answers(at, seen, 2), sight)
        assert found == pytest.approx(best(of_words("ab", lengths, first_words), sight))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("mod", [2, 3, 4])
def test_ceilings_of_counting_equal_counting_all_sentences(sight, mod):
    for lengths in ([1, 2, 3, 4, 5, 6], [6, 7]):
        found = expected_accuracy(lengths, lambda _, at, seen: counting(at, seen, mod), sight)
        assert found == pytest.approx(best(of_words("ab", lengths, counts(mod)), sight))


def agreements(length, distractors):
    """All sentences of a length."""
    between, verbs = length - 1 - length // 2, length // 2
    for first in NUMBERS:
        for places in combinations(range(between), min(distractors, between)):
            for numbers in product(NUMBERS, repeat=len(places)):
                nouns = dict(zip(places, numbers, strict=True))
                middle = [nouns.get(place, "other") for place in range(between)]
                yield 1, [first, *middle, *["verb"] * verbs], ["-"] * (1 + between) + [first] * verbs


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(("length", "distractors"), [(4, 1), (6, 1), (7, 2), (8, 3)])
def test_ceilings_of_agreement_equal_counting_all_sentences(window, length, distractors):
    sentences = list(agreements(length, distractors))
    assert agreeing(length, window) / length == pytest.approx(best(sentences, Sight(window, window)))
    assert best(sentences, LEFT_TO_RIGHT) == 1
    drawn = [sentence(length, distractors, Random(seed)) for seed in range(5)]
    assert all((1, *made) in sentences for made in drawn)


def copies(items, places, symbols):
    for chosen in combinations(range(places), items):
        for words in product("abc"[:symbols], repeat=items):
            said = dict(zip(chosen, words, strict=True))
            stream = [said.get(place, ".") for place in range(places)]
            yield 1, stream + ["?"] * items, ["-"] * places + list(words)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(("items", "places", "symbols"), [(1, 2, 3), (2, 4, 2), (3, 5, 2)])
def test_ceilings_of_selective_copying_equal_counting_all_sentences(window, items, places, symbols):
    sentences, stream = list(copies(items, places, symbols)), Stream(items, places, symbols)
    assert stream.right(window) / (places + items) == pytest.approx(best(sentences, Sight(window, window)))
    assert best(sentences, LEFT_TO_RIGHT) == 1
    assert (1, *stream.sentence(Random(3))) in sentences


def nested(length, depth, types):
    """All balanced sentences of this length that are nested so deeply and no deeper."""
    for path in product((1, -1), repeat=length - length % 2):
        heights = [sum(path[: end + 1]) for end in range(len(path))]
        if min(heights) < 0 or heights[-1] or max(heights) != depth:
            continue
        for kinds in product("ab"[:types], repeat=len(path) // 2):
            left, stack, words, tags = list(kinds), [], [], []
            for step in path:
                if step > 0:
                    stack.append(left.pop())
                kind = stack[-1] if step > 0 else stack.pop()
                words.append(kind if step > 0 else "close")
                tags.append(kind)
            yield 1, words + ["."] * (length % 2), tags + ["-"] * (length % 2)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(("length", "depth"), [(2, 1), (6, 2), (7, 3), (8, 2)])
def test_ceilings_of_brackets_equal_counting_all_sentences(window, length, depth):
    sentences = list(nested(length, depth, 2))
    assert closing(length, 2, depth, window) / length == pytest.approx(best(sentences, Sight(window, window)))
    assert best(sentences, LEFT_TO_RIGHT) == 1


def test_every_path_of_a_depth_is_drawn_as_often():
    random = Random(1)
    drawn = [tuple(Paths(8, 2).drawn(random)) for _ in range(3500)]
    assert len(set(drawn)) == 7  # 14 paths in all, 6 reach 3 or 4, 1 reaches 1
    assert all(400 < drawn.count(path) < 600 for path in set(drawn))


def test_brackets_of_long_sentences_have_a_ceiling():
    assert 0.5 < closing(768, 4, 16, 32) / 768 < closing(768, 4, 16, 300) / 768 < 1


@pytest.mark.parametrize(("rate", "tags"), [(0, 3), (0.3, 3), (0.8, 3), (0.5, 2)])
def test_the_ceiling_of_noise_equals_counting_all_sentences(rate, tags):
    def shares(words):
        return product(*([((1 - rate) if word == tag else rate / (tags - 1), tag) for tag in range(tags)]
                         for word in words))  # fmt: skip

    sentences = [
        (chances[0][0] * chances[1][0], words, [tag for _, tag in chances])
        for words in product(range(tags), repeat=2)
        for chances in shares(words)
    ]
    for sight in (ANY, LEFT_TO_RIGHT, Sight(1, 1)):
        assert best(sentences, sight) == pytest.approx(ceiling(rate, tags))


def test_the_ceiling_of_rare_words_is_what_all_assignments_of_tags_give_on_average():
    train, test = [["a", "b"]], [["a", "c", "b"], ["c", "d"]]
    found = []
    for tags in product("XYZ", repeat=4):
        tag_of = dict(zip("abcd", tags, strict=True))
        known = {word: tag_of[word] for word in "ab"}
        tokens = [word for words in test for word in words]
        found.append(sum(known.get(word, "X") == tag_of[word] for word in tokens) / len(tokens))
    corpora = [Corpus.encode(words, [["X"] * len(part) for part in words]) for words in (train, test)]
    assert of_rare_words(*corpora, 3) == pytest.approx(sum(found) / len(found))


def test_what_cannot_be_is_refused():
    with pytest.raises(UsageError, match="rate must be from 0 to 1, was: 2"):
        probe_noise(rate=2)
    with pytest.raises(UsageError, match="zipf must be 0 or more, was: -1"):
        probe_rare(zipf=-1)
