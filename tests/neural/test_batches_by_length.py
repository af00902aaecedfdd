"""Batches: which sentences are in one, and what of a corpus it holds."""

import numpy as np
import pytest
import torch
from few_sentences import CORPUS, fitted
from hypothesis import given
from hypothesis import strategies as st

from seqbench.neural import grouped
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.vocabulary import Alphabet
from seqbench_plugins.neural.lstm import LSTMTagger


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 20))
def test_batches_hold_every_sentence_with_tokens_once_and_stay_within_their_size(lengths, tokens):
    groups = grouped(np.array(lengths, np.int64), tokens)
    assert sorted(i for group in groups for i in group) == [i for i, n in enumerate(lengths) if n]
    for group in groups:
        sizes = [lengths[i] for i in group]
        assert len(group) == 1 or max(sizes) * len(group) <= tokens


@pytest.fixture
def encoded():
    return Encoded(CORPUS.sentences, Alphabet.of(CORPUS.sentences), "cpu")


def test_a_batch_has_the_words_of_its_sentences_and_padding_behind_them(encoded):
    batch, alphabet = encoded.batch(np.array([2, 1])), Alphabet.of(CORPUS.sentences)
    assert batch.lengths.tolist() == [1, 4]
    assert batch.mask.tolist() == [[True, False, False, False], [True] * 4]
    assert batch.words[1].tolist() == [alphabet.words[word.lower()] for word in CORPUS.sentences[1]]
    assert torch.equal(batch.forms.words[batch.forms.index], batch.words)


def test_places_lead_from_a_batch_to_the_tokens_of_the_corpus(encoded):
    places, mask = encoded.places(np.array([1, 2]))
    assert CORPUS.sentences.vocabulary[CORPUS.sentences.ids[places[mask]]].tolist() == [
        *CORPUS.sentences[1],
        *CORPUS.sentences[2],
    ]
    assert encoded.tokens == CORPUS.tokens


def test_words_are_hidden_in_their_lower_cased_and_cased_form_alike(encoded):
    always = torch.ones(1 + max(Alphabet.of(CORPUS.sentences).words.values()))
    batch = encoded.batch(np.array([0]), always)
    assert not batch.words.any()
    assert not batch.forms.cased.any()
    assert batch.forms.characters.any()


def test_a_very_long_sentence_is_tagged_as_its_pieces_are():
    tagger = fitted(LSTMTagger(embedding_dim=4, hidden_dim=4, epochs=1, min_steps=1))
    words = [f"word{n % 7}" for n in range(2100)]
    pieces = [words[:1000], words[1000:2000], words[2000:]]
    (whole,) = tagger.predict([words])
    assert whole == [tag for tags in tagger.predict(pieces) for tag in tags]
    assert np.array_equal(tagger.predict_proba([words]), tagger.predict_proba(pieces))
