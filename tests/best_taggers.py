"""The accuracy of the best tagger of each sight, by counting every view of every sentence that there is."""

from collections import defaultdict
from itertools import product

from seqbench_datasets.probes._ceilings import ANY, LEFT_TO_RIGHT, Sight

SIGHTS = [ANY, LEFT_TO_RIGHT, *(Sight(size, size) for size in range(5))]


def view(words, position, sight):
    """What is seen of a sentence from a position, with begin and end like tokens."""
    bounded = ["<", *words, ">"]
    first = max(0, position + 1 - min(sight.left, 10**6))
    last = min(len(bounded), position + 2 + min(sight.right, 10**6))
    return position + 1 - first, tuple(bounded[first:last])


def best(sentences, sight):
    """The accuracy of the best tagger on all sentences, [(probability, words, tags)], by counting every view."""
    seen = defaultdict(lambda: defaultdict(float))
    for probability, words, tags in sentences:
        for position, tag in enumerate(tags):
            seen[view(words, position, sight)][tag] += probability
    tokens = sum(probability * len(words) for probability, words, _ in sentences)
    return sum(max(shares.values()) for shares in seen.values()) / tokens


def of_words(words, lengths, tag):
    """All sentences of these lengths over words that are drawn evenly."""
    return [
        (len(words) ** -length, chosen, tag(chosen)) for length in lengths for chosen in product(words, repeat=length)
    ]
