"""Sums and maxima over all tag sequences, against enumeration and against pytorch-crf."""

from itertools import pairwise, product

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from random_fields import LENGTHS, MASK, TAGS, drawn, oracle

from seqbench.neural.chain_algorithms import LogPartition, Sums, score, viterbi
from seqbench.neural.loss import IGNORED


def enumerated(emissions, moves):
    """Every tag sequence of one sentence (time, tags) with its score, summed by hand."""
    outside = len(moves) - 1
    for tags in product(range(outside), repeat=len(emissions)):
        own = sum(emissions[place, tag] for place, tag in enumerate(tags))
        yield tags, own + sum(moves[a, b] for a, b in pairwise([outside, *tags, outside]))


@given(st.integers(0, 10_000), st.sampled_from([0.1, 1.0, 30.0]))
def test_sums_marginals_and_best_sequences_are_those_of_enumeration(seed, scale):
    emissions, moves = drawn(seed, scale)
    sums = Sums.of(emissions, moves, LENGTHS)
    marginals, best = sums.marginals(emissions), viterbi(emissions, moves, LENGTHS)
    for row, length in enumerate(LENGTHS.tolist()):
        sequences, scores = zip(*enumerated(emissions[row, :length], moves), strict=True)
        weights = torch.softmax(torch.stack(scores), 0)
        assert sums.total[row].item() == pytest.approx(torch.stack(scores).logsumexp(0).item())
        shares = torch.zeros(length, TAGS, dtype=torch.float64)
        for tags, weight in zip(sequences, weights, strict=True):
            shares[range(length), tags] += weight
        assert torch.allclose(marginals[row, :length], shares, atol=1e-9)
        assert tuple(best[row, :length].tolist()) == sequences[int(weights.argmax())]
        assert not best[row, length:].any()


@pytest.mark.parametrize("seed", range(5))
def test_likelihoods_gradients_and_decoding_are_those_of_pytorch_crf(seed):
    emissions, moves = (values.requires_grad_() for values in drawn(seed))
    theirs, layer = emissions.detach().clone().requires_grad_(), oracle(moves)
    tags = torch.randint(TAGS, (5, 4), generator=torch.Generator().manual_seed(seed))
    weights = torch.linspace(-1, 2, 5, dtype=torch.float64)
    expected = layer(theirs, tags, mask=MASK, reduction="none")
    found = score(emissions, moves, tags.where(MASK, IGNORED), LENGTHS) - LogPartition.apply(emissions, moves, LENGTHS)
    assert torch.allclose(found, expected)
    (expected @ weights).backward()
    (found @ weights).backward()
    assert torch.allclose(emissions.grad, theirs.grad)
    assert torch.allclose(moves.grad[:-1, :-1], layer.transitions.grad)
    assert torch.allclose(moves.grad[-1, :-1], layer.start_transitions.grad)
    assert torch.allclose(moves.grad[:-1, -1], layer.end_transitions.grad)
    assert viterbi(emissions, moves, LENGTHS)[MASK].tolist() == [
        tag for tags in layer.decode(theirs, MASK) for tag in tags
    ]
