"""Adam by rows of embeddings: the steps of Adam, whatever a batch looks up and however long a row has waited."""

import copy

import pytest
import torch
from torch import nn

from seqbench import Conditions, Corpus, SeqbenchError, learned
from seqbench.neural import CharacterConvolution, Schedule, Trainer, optimizer_of
from seqbench.neural.row_optimizer import LEAST, RowAdam
from seqbench_plugins.neural.lstm import LSTMTagger

ROWS, WIDTH = 6_000, 10


class Network(nn.Module):
    """Means of rows of a large table and of a small one, then an affine map."""

    def __init__(self):
        super().__init__()
        self.large, self.small = nn.Embedding(ROWS, WIDTH, padding_idx=0), nn.Embedding(20, WIDTH)
        self.output = nn.Linear(WIDTH, 3)

    def forward(self, rows):
        return self.output((self.large(rows) + self.small(rows % 20)).mean(1))


def batches(steps):
    """Rows that come back at once, after a while or never; 0 among them, and one row twice in a batch."""
    random = torch.Generator().manual_seed(1)
    for step in range(steps):
        high = 30 if step % 3 else ROWS
        yield torch.randint(0, high, (8, 5), generator=random), torch.randint(0, 3, (8,), generator=random)


def trained(kind, steps, clip, eps=1e-8):
    torch.manual_seed(0)
    network = Network().double()
    optimizer = optimizer_of(network, kind, 0.01)
    optimizer.param_groups[0]["eps"] = eps
    loss = nn.functional.cross_entropy
    trainer = Trainer(network=network, loss=loss, optimizer=optimizer, clip=clip,
                      schedule=Schedule(epochs=1, batches=steps, learning_rate=0.01))  # fmt: skip
    network.train()
    for rows, tags in batches(steps):
        trainer._step(1, rows, tags)
    if isinstance(optimizer, RowAdam):
        optimizer.close()
    return network


@pytest.mark.parametrize("clip", [None, 0.05])
@pytest.mark.parametrize("steps", [1, 7, 150])
def test_the_weights_are_those_of_adam(steps, clip):
    assert ROWS * WIDTH >= LEAST
    pair = [trained(kind, steps, clip, eps=1e-30).state_dict() for kind in ("adam", "adam-rows")]
    for name, expected in pair[0].items():
        assert torch.allclose(pair[1][name], expected, atol=1e-6, rtol=0), name


def test_gradients_as_small_as_epsilon_make_the_only_difference():
    expected, network = (trained(kind, 60, None).large.weight.detach() for kind in ("adam", "adam-rows"))
    differences = (network - expected).abs()
    assert differences.mean() < 1e-6
    assert differences.max() < 2e-3


def moved(kind, scale):
    """A table of characters after 15 steps of a loss whose gradients are about 1e-8 times the scale."""
    torch.manual_seed(0)
    convolution, random = CharacterConvolution(2500), torch.Generator().manual_seed(1)
    optimizer = optimizer_of(convolution, kind, 0.01)
    for _ in range(15):
        optimizer.zero_grad()
        (convolution(torch.randint(1, 2500, (64, 9), generator=random)).mean() * scale).backward()
        optimizer.step()
    if isinstance(optimizer, RowAdam):
        optimizer.close()
    return convolution.embedding.weight.detach()


@pytest.mark.parametrize(("scale", "steps"), [(1e4, 0.002), (1e2, 0.1)])
def test_the_first_steps_with_small_gradients_are_those_of_adam(scale, steps):
    difference = (moved("adam", scale) - moved("adam-rows", scale)).abs().max()
    assert difference < steps * 0.01


def test_a_row_that_is_not_looked_up_stays_until_it_has_moved_by_what_it_missed():
    network = Network()
    optimizer = optimizer_of(network, "adam-rows", 0.01)
    network.train()
    first = torch.tensor([[5, 6]])
    for rows in (first, torch.tensor([[7, 8]])):
        optimizer.zero_grad()
        network(rows).sum().backward()
        optimizer.step()
    before = network.large.weight[5].clone()
    assert torch.equal(network.large.weight[5], before)
    optimizer.catch_up()
    assert not torch.equal(network.large.weight[5], before)


def test_a_closed_optimizer_leaves_a_network_as_it_was_built():
    network = Network()
    optimizer = optimizer_of(network, "adam-rows", 0.01)
    assert network.large.sparse
    optimizer.close()
    assert not network.large.sparse
    copy.deepcopy(network)
    network(torch.tensor([[1, 2]])).sum().backward()
    assert not network.large.weight.grad.is_sparse


def test_a_tagger_learns_the_same_by_rows_and_its_network_can_be_copied():
    words = [[f"w{n}", f"w{n + 1}", "x"] for n in range(0, 1200, 2)]
    train = Corpus.encode(words, [["A", "B", "C"]] * len(words))
    fields = {"epochs": 1, "min_steps": 0, "batch_tokens": 90, "dropout": 0.0, "hidden_dim": 8, "characters": "none"}
    shares = []
    for optimizer in ("adam", "adam-rows"):
        tagger = LSTMTagger(**fields, optimizer=optimizer)
        tagger.fit(train, Conditions())
        shares.append(torch.from_numpy(tagger.predict_proba(train.sentences)))
        copy.deepcopy(learned(tagger).scorer)
    assert torch.allclose(*shares, atol=1e-3)


def test_what_rows_cannot_do_is_refused():
    with pytest.raises(SeqbenchError, match="adam-rows is for one learning rate and weight_decay=0; take adam"):
        optimizer_of(Network(), "adam-rows", 0.01, 0.1)
    with pytest.raises(SeqbenchError, match="adam-rows is for one learning rate"):
        optimizer_of([{"params": list(Network().parameters())}], "adam-rows", 0.01)
    network = Network()
    optimizer = optimizer_of(network, "adam-rows", 0.01)
    network.large.weight.square().sum().backward()
    with pytest.raises(SeqbenchError, match="embeddings that are looked up and not used otherwise"):
        optimizer.step()


def test_a_network_of_large_embeddings_alone_is_refused():
    with pytest.raises(SeqbenchError, match="weights beside large embeddings; take adam"):
        optimizer_of(nn.Embedding(ROWS, WIDTH), "adam-rows", 0.01)
