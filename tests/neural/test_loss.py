"""What scores are for: the loss of tokens, their probabilities, their best tags."""

import pytest
import torch

from seqbench.neural import cross_entropy
from seqbench.neural.loss import IGNORED, TokenWise


def test_the_loss_is_the_mean_over_tokens_and_ignores_the_padding():
    scores = torch.randn(2, 3, 4, generator=torch.Generator().manual_seed(0))
    tags = torch.tensor([[1, 3, 0], [2, IGNORED, IGNORED]])
    by_hand = [-torch.log_softmax(scores[b, t], 0)[tags[b, t]] for b, t in ((0, 0), (0, 1), (0, 2), (1, 0))]
    assert TokenWise().loss(scores, tags).item() == pytest.approx(sum(by_hand).item() / 4)


def test_weights_say_how_much_a_token_of_each_tag_counts():
    scores = torch.randn(1, 3, 2, generator=torch.Generator().manual_seed(0))
    tags, weights = torch.tensor([[0, 1, IGNORED]]), torch.tensor([1.0, 3.0])
    by_hand = -torch.log_softmax(scores, 2)[0, [0, 1], [0, 1]] @ weights / 2
    assert cross_entropy(scores, tags, weights).item() == pytest.approx(by_hand.item())


def test_each_token_s_best_tag_is_the_most_probable():
    scores = torch.tensor([[[1.0, 2.0], [4.0, 3.0]]])
    mask = torch.ones(1, 2, dtype=torch.bool)
    assert TokenWise().best(scores, mask).tolist() == [[1, 0]]
    assert torch.allclose(TokenWise().probabilities(scores, mask), scores.exp() / scores.exp().sum(2, keepdim=True))
