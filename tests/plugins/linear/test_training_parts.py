"""Large training sets in parts, with features that are hashed."""

import numpy as np
import pytest

from seqbench import Conditions, Corpus
from seqbench_plugins._shared.frequent_words import FrequentWords
from seqbench_plugins.linear import _training_parts
from seqbench_plugins.linear._features import Features
from seqbench_plugins.linear.perceptron import Perceptron

WORDS = [[f"w{(3 * number + place) % 17}" for place in range(1 + number % 6)] for number in range(60)]
CORPUS = Corpus.encode(
    WORDS, [[f"T{(int(word[1:]) + (place > 0)) % 3}" for place, word in enumerate(s)] for s in WORDS]
)


def test_hashed_features_are_shared_by_all_tokens_that_are_alike_and_few_others():
    exact, numbers = Features.learn(CORPUS)
    hashed = Features.hashed(CORPUS, most=1 << 14)
    hashed.check(len(CORPUS.sentences.vocabulary), {})
    others = hashed.of(CORPUS.sentences)
    assert others.max() < hashed.count
    for template in range(numbers.shape[1]):
        pairs = {*zip(numbers[:, template].tolist(), others[:, template].tolist(), strict=True)}
        assert len(pairs) == len(np.unique(numbers[:, template]))  # one number for what is alike
        assert len(np.unique(others[:, template])) > 0.9 * len(pairs)
    assert exact.buckets == 0
    assert hashed.buckets == 1 << 12


@pytest.fixture
def many(monkeypatch):
    """Parts so small that the corpus counts as large."""
    monkeypatch.setattr(_training_parts, "LARGE", 50)
    monkeypatch.setattr(_training_parts, "PART", 20)


def test_a_perceptron_learns_a_large_corpus_part_by_part_and_says_so(many, tmp_path):
    tagger = Perceptron()
    tagger.fit(CORPUS, Conditions())
    assert (tagger.predict(CORPUS.sentences).ids == CORPUS.tags.ids).mean() > 0.99
    assert tagger.notes[0].startswith("train is large: combinations of words are hashed into ")
    tagger.save(tmp_path)
    again = Perceptron()
    again.load(tmp_path)
    assert (again.predict(CORPUS.sentences).ids == tagger.predict(CORPUS.sentences).ids).all()


def test_each_token_is_seen_once_in_a_pass(many):
    parts = _training_parts.TrainingParts.of(CORPUS, FrequentWords.learn(CORPUS.sentences, 2), 1)
    seen = [gold for _, gold in parts.drawn(np.random.default_rng(0))]
    assert len(seen) > 5
    assert sorted(np.concatenate(seen)) == sorted(CORPUS.tags.ids)
