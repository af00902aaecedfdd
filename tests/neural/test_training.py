"""The one training loop: which epoch is kept, when it ends, what the learning rate becomes."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from few_sentences import CORPUS
from torch import nn

from seqbench import SeqbenchError
from seqbench.neural import Evaluation, Plateau, Schedule, Trainer, optimizer_of
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.vocabulary import Alphabet


class Steep(nn.Module):
    """Scores that follow the lengths of the sentences."""

    def __init__(self):
        super().__init__()
        self.map = nn.Linear(1, 1)

    def forward(self, batch):
        return self.map(batch.lengths.float().unsqueeze(1))


def trainer(network, loss, **fields):
    """Plain gradient descent at rate 1: it moves the weights by the gradient."""
    schedule = Schedule(epochs=fields.pop("epochs", 1), batches=1, learning_rate=1.0, course="constant")
    optimizer = optimizer_of(network, "sgd", 1.0, fields.pop("weight_decay", 0.0))
    return Trainer(network=network, loss=loss, optimizer=optimizer, schedule=schedule, **fields)


def one_batch():
    batch = Encoded(CORPUS.sentences, Alphabet.of(CORPUS.sentences), "cpu").batch(np.arange(2))
    return iter([(batch, torch.zeros(2))])


def test_long_gradients_are_clipped():
    network = Steep()
    before = torch.cat([weights.detach().flatten().clone() for weights in network.parameters()])
    trainer(network, lambda scores, tags: 1000 * (scores - tags).sum(), clip=0.5).epoch(1, one_batch)
    after = torch.cat([weights.detach().flatten() for weights in network.parameters()])
    assert (after - before).norm().item() == pytest.approx(0.5, rel=1e-3)


def steady(scores, tags):
    """A loss whose gradient by the bias is 1 a sentence, whatever the weights are."""
    return (scores - tags.unsqueeze(1)).mean()


def trained(scores, **fields):
    """The bias after each epoch of a training with these scores on dev, the steps told, and the bias in the end."""
    network, steps, biases = Steep(), [], []

    def report(**step):
        steps.append(step)
        biases.append(network.map.bias.item())
        return False

    given = iter(scores)
    evaluate = (lambda: Evaluation(next(given), 0.125)) if scores else None
    trainer(network, steady, epochs=fields.pop("epochs", len(scores)), **fields).fit(one_batch, evaluate, report)
    return biases, steps, network.map.bias.item()


def test_the_epoch_with_the_best_score_is_kept_and_of_equals_the_first():
    biases, _, kept = trained([0.2, 0.7, 0.5, 0.7])
    assert kept == biases[1]


def test_any_score_will_do_to_choose_the_epoch():
    biases, _, kept = trained([-9.0, -3.0, -5.0])
    assert kept == biases[1]


def test_without_a_score_the_last_epoch_is_kept():
    biases, steps, kept = trained([], epochs=3)
    assert (len(biases), kept) == (3, biases[-1])
    assert all(not step.keys() & {"dev_accuracy", "dev_score", "dev_seconds"} for step in steps)


def test_epoch_tokens_loss_and_score_are_told():
    _, steps, _ = trained([0.25, 0.5])
    assert [(step["epoch"], step["tokens"], step["dev_score"]) for step in steps] == [(1, 9, 0.25), (2, 9, 0.5)]
    assert {step["dev_accuracy"] for step in steps} == {0.125}
    assert steps[1]["loss"] < steps[0]["loss"]
    assert all(step["dev_seconds"] >= 0 for step in steps)


def test_training_ends_once_patience_is_used_up_and_the_best_epoch_is_kept():
    biases, _, kept = trained([0.5, 0.4, 0.6, 0.6, 0.1, 0.9], plateau=Plateau(patience=2))
    assert (len(biases), kept) == (5, biases[2])


def test_on_a_plateau_the_learning_rate_is_lowered():
    """The gradient of the bias is 1: it moves by the learning rate."""
    plateau = Plateau(anneal_factor=0.5, anneal_patience=2)
    biases, _, _ = trained([0.5, 0.4, 0.4, 0.4, 0.4, 0.6, 0.5], plateau=plateau)
    moves = [before - after for before, after in pairwise(biases)]
    assert moves == pytest.approx([1, 1, 0.5, 0.5, 0.25, 0.25])


def test_a_report_can_end_the_training():
    network = Steep()
    reports = []
    trainer(network, steady, epochs=9).fit(one_batch, None, lambda **step: reports.append(step) or len(reports) == 2)
    assert len(reports) == 2


@pytest.mark.parametrize("kind", ["adam", "sgd"])
def test_weight_decay_shrinks_weights_that_no_gradient_moves(kind):
    network = Steep()
    before = network.map.weight.item()
    optimizer = optimizer_of(network, kind, 0.5, 0.1)
    for weights in network.parameters():
        weights.grad = torch.zeros_like(weights)
    optimizer.step()
    assert network.map.weight.item() == pytest.approx(0.95 * before)


def test_a_loss_that_is_no_number_is_told_with_epoch_and_rate():
    with pytest.raises(SeqbenchError, match="the loss became nan in epoch 3 at learning rate 1; choose a lower"):
        trainer(Steep(), lambda scores, tags: scores.sum() * float("nan")).epoch(3, one_batch)


def test_a_group_of_weights_may_have_a_share_of_the_rate():
    network = Steep()
    before = [weights.detach().clone() for weights in network.parameters()]
    groups = [{"params": [network.map.weight], "share": 0.5}, {"params": [network.map.bias]}]
    schedule = Schedule(epochs=1, batches=1, learning_rate=1.0, course="constant")
    optimizer = optimizer_of(groups, "sgd", 1.0)
    Trainer(network=network, loss=lambda *_: sum(w.sum() for w in network.parameters()), optimizer=optimizer,
            schedule=schedule).fit(one_batch, None, lambda **_: False)  # fmt: skip
    moved = [float((old - new.detach()).sum()) for old, new in zip(before, network.parameters(), strict=True)]
    assert moved == pytest.approx([0.5, 1.0])
