"""Promises about batches: networks whose padding changes a score are caught, each seeded fault by its promise alone."""

from dataclasses import dataclass

import faults
import pytest
import torch
from torch import nn

from seqbench.neural import NeuralTagger, WordFeatures, reverse_within
from seqbench.testing import broken_promises
from seqbench.testing.batches import BATCHES
from seqbench.testing.examples import MIXED, corpus


@pytest.mark.parametrize(("promise", "fault"), faults.of(BATCHES))
def test_a_fault_of_a_tagger_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault)] == [promise]


def test_a_failure_tells_the_smallest_example():
    [(_, seen)] = broken_promises(faults.LooksAround)
    assert seen.startswith("['dogs', 'run'] got ['NOUN', 'NOUN'] alone")


def test_the_sentences_have_1_to_40_tokens_most_of_them_unknown():
    known = set(corpus().sentences.vocabulary)
    words = [word for sentence in MIXED for word in sentence]
    assert {1, 40} < {len(sentence) for sentence in MIXED}
    assert sum(word not in known for word in words) > 300


class Network(nn.Module):
    """A recurrent network with attention, with or without what keeps padding out of each."""

    def __init__(self, shape, turned, masked):
        super().__init__()
        self.turned, self.masked = turned, masked
        self.features = WordFeatures(shape, embedding_dim=16)
        self.forwards = nn.GRU(self.features.width, 16, batch_first=True)
        self.backwards = nn.GRU(self.features.width, 16, batch_first=True)
        self.attention = nn.MultiheadAttention(32, 2, batch_first=True)
        self.output = nn.Linear(64, shape.tags)

    def forward(self, batch):
        seen = self.features(batch)
        time = seen.shape[1]
        whole = torch.arange(time - 1, -1, -1).expand(len(seen), time)
        order = (reverse_within(batch.lengths, time) if self.turned else whole).unsqueeze(2)
        from_end = self.backwards(seen.gather(1, order.expand_as(seen)))[0]
        states = torch.cat([self.forwards(seen)[0], from_end.gather(1, order.expand_as(from_end))], 2)
        padding = ~batch.mask if self.masked else None
        mixed = self.attention(states, states, states, key_padding_mask=padding, need_weights=False)[0]
        return self.output(torch.cat([states, mixed], 2))


@dataclass(kw_only=True)
class Attentive(NeuralTagger):
    turned: bool = True
    masked: bool = True

    def build(self, shape):
        return Network(shape, self.turned, self.masked)


def broken_by(**settings):
    kinds = (Attentive(epochs=1, min_steps=20, **settings) for _ in range(2))
    return [promise.name for promise, _ in broken_promises(lambda: next(kinds), BATCHES)]


@pytest.mark.parametrize("settings", [{"turned": False}, {"masked": False}])
def test_a_network_that_reads_padding_is_caught(settings):
    assert "probabilities-in-any-batch" in broken_by(**settings)


def test_the_same_network_with_both_masks_keeps_them_all():
    assert broken_by() == []


def test_a_tagger_that_averages_over_a_padded_batch_is_caught_by_its_tags_alone():
    class Averages(faults.First):
        def predict(self, sentences):
            longest = max(map(len, sentences), default=0)
            return [[self.tags[longest // 8 % len(self.tags)]] * len(words) for words in sentences]

    assert [promise.name for promise, _ in broken_promises(Averages)] == ["batch-does-not-matter"]
