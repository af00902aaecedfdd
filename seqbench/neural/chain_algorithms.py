"""Sums and maxima over all tag sequences of a first-order chain, for a batch of sentences at once.

Everywhere `emissions` (batch, time, tags) are the scores of single tokens and `moves` (tags + 1, tags + 1) those of
going from one tag (row) to the next (column); the last row and column stand for what lies before and behind a
sentence. `lengths` (batch,) are 1 or more; what stands in the padding changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from seqbench.neural.reversed_sentences import reverse_within


@dataclass(frozen=True)
class Sums:
    """Logarithms of sums over all ways to begin, and over all ways to end, a sentence (forward-backward, Baum 1972).

    `forwards` and `backwards` (batch, time, tags): up to and from a token that has this tag, its own emission included;
    `total` (batch,): over all sequences.
    """

    forwards: Tensor
    backwards: Tensor
    total: Tensor

    @classmethod
    @torch.no_grad()
    def of(cls, emissions: Tensor, moves: Tensor, lengths: Tensor) -> Sums:
        """The sums of both directions in one loop: backward sums are forward sums of the sentence read from its end.

        Autograd does not follow it; `LogPartition` knows the gradient.
        """
        order = reverse_within(lengths, emissions.shape[1])
        both = torch.stack([emissions, _reordered(emissions, order)]).transpose(0, 2)  # (time, batch, 2, tags)
        steps = both.transpose(1, 2).contiguous()  # (time, 2, batch, tags)
        inner = torch.stack([moves[:-1, :-1], moves[:-1, :-1].T]).exp()  # (2, tags, tags)
        edges = torch.stack([moves[-1, :-1], moves[:-1, -1]]).unsqueeze(1)  # (2, 1, tags)
        forwards, backwards = _summed(steps, inner, edges).transpose(0, 2).transpose(0, 1)  # each (batch, time, tags)
        last = (lengths - 1).view(-1, 1, 1).expand(-1, 1, emissions.shape[2])
        total = (forwards.gather(1, last).squeeze(1) + moves[:-1, -1]).logsumexp(1)
        return cls(forwards, _reordered(backwards, order), total)

    def marginals(self, emissions: Tensor) -> Tensor:
        """How probable each tag of each token is: (batch, time, tags), rows sum to 1, in the padding too."""
        return torch.softmax(self.forwards + self.backwards - emissions, 2)

    def moved(self, moves: Tensor, weights: Tensor) -> Tensor:
        """How often each move between two tokens is expected: (tags, tags), sentences weighted by (batch, time - 1)."""
        inner = moves[:-1, :-1].exp()
        before, after = (
            (sums - sums.amax(2, keepdim=True)).exp().flatten(0, 1)
            for sums in (self.forwards[:, :-1], self.backwards[:, 1:])
        )  # (batch * (time - 1), tags)
        norm = ((before @ inner) * after).sum(1).clamp_min(torch.finfo(inner.dtype).tiny)
        return (before * (weights.flatten() / norm).unsqueeze(1)).T @ after * inner


def _summed(steps: Tensor, inner: Tensor, edges: Tensor) -> Tensor:
    """The sums of each step: (time, 2, batch, tags); exponents are taken below the largest, so that none overflows."""
    tiny = torch.finfo(steps.dtype).tiny
    sums = torch.empty_like(steps)
    state = sums[0] = steps[0] + edges
    for step, row in zip(steps[1:], sums[1:], strict=True):
        largest = state.amax(2, keepdim=True)
        ways = (state - largest).exp_() @ inner
        state = ways.clamp_min_(tiny).log_().add_(largest).add_(step)
        row.copy_(state)
    return sums


class LogPartition(torch.autograd.Function):
    """The logarithm of the sum over all tag sequences: emissions, moves, lengths -> (batch,).

    The gradient is that of calculus, the expected counts, taken from the same sums and not step by step.
    """

    @staticmethod
    def forward(ctx: Any, emissions: Tensor, moves: Tensor, lengths: Tensor) -> Tensor:
        """The logarithms of the sums: (batch,)."""
        sums = Sums.of(emissions, moves, lengths)
        ctx.save_for_backward(emissions, moves, lengths, sums.forwards, sums.backwards)
        return sums.total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, None]:
        """Expected counts of tags and of moves, weighted by what each sentence's total is worth."""
        emissions, moves, lengths, forwards, backwards = ctx.saved_tensors
        sums = Sums(forwards, backwards, gradients[0])
        steps = torch.arange(emissions.shape[1], device=lengths.device)
        weights = gradients[0].unsqueeze(1) * (steps < lengths.unsqueeze(1))  # (batch, time)
        counts = sums.marginals(emissions) * weights.unsqueeze(2)
        moved = torch.zeros_like(moves)
        moved[:-1, :-1] = sums.moved(moves, weights[:, 1:])
        moved[-1, :-1] = counts[:, 0].sum(0)
        moved[:-1, -1] = counts[torch.arange(len(lengths), device=lengths.device), lengths - 1].sum(0)
        return counts, moved, None


def score(emissions: Tensor, moves: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
    """The score of given tags (batch, time), whatever they are in the padding: (batch,)."""
    outside = len(moves) - 1
    steps = torch.arange(tags.shape[1] + 1, device=tags.device)
    inside = torch.where(steps[:-1] < lengths.unsqueeze(1), tags, outside)
    path = nn.functional.pad(inside, (1, 1), value=outside)  # (batch, time + 2)
    taken = moves.flatten()[path[:, :-1] * len(moves) + path[:, 1:]] * (steps <= lengths.unsqueeze(1))
    own = nn.functional.pad(emissions, (0, 1)).gather(2, inside.unsqueeze(2))
    return own.sum((1, 2)) + taken.sum(1)


def viterbi(emissions: Tensor, moves: Tensor, lengths: Tensor) -> Tensor:
    """The tags of the sequence with the highest score (Viterbi 1967): (batch, time).

    0 in the padding; of equals, the first.
    """
    steps, moves = emissions.detach().transpose(0, 1).contiguous(), moves.detach()  # (time, batch, tags)
    inner = moves[:-1, :-1]
    best = torch.empty_like(steps)
    state = best[0] = steps[0] + moves[-1, :-1]
    for step, row in zip(steps[1:], best[1:], strict=True):
        state = (state.unsqueeze(2) + inner).amax(1).add_(step)
        row.copy_(state)
    return _traced(best, inner.T.contiguous(), moves[:-1, -1], lengths)


def _traced(best: Tensor, into: Tensor, end: Tensor, lengths: Tensor) -> Tensor:
    """Back from the end: the tag before is the one from which the best way led here."""
    tags = lengths.new_zeros(len(best), len(lengths))  # (time, batch)
    tag = lengths.new_zeros(len(lengths))
    for time in range(len(best) - 1, -1, -1):
        here = torch.where((lengths == time + 1).unsqueeze(1), end, into[tag])  # (batch, tags)
        tag = torch.where(lengths > time, (best[time] + here).argmax(1), 0)
        tags[time] = tag
    return tags.T


def _reordered(values: Tensor, order: Tensor) -> Tensor:
    return values.gather(1, order.unsqueeze(2).expand_as(values))
